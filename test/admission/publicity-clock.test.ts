import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { makeNetwork } from '../../src/exchange/address';
import { openPageWitness } from '../../src/exchange/look-at-page';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { bySql } from '../waiting/queue-of';
import { dayAfter, posted as postedIn } from './posted';

seedProperties();

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await office.base.owner.query(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     values (gen_random_uuid(), 'publicity.gap-restarts', $1, 1, 'flag', '测试', 'UNVERIFIED', '2014-01-01', '2014-01-01')`,
    [HONGSHAN],
  );
});
afterAll(() => office.close());

const LOOKS = ['SEEN', 'GONE', 'DIFFERENT', 'UNREACHABLE'] as const;
type Look = (typeof LOOKS)[number];
/** 红山区 begins anew after a gap, 翁牛特旗 goes on: as set above and by default. */
const RESTARTS: Readonly<Record<string, boolean>> = { [HONGSHAN]: true, [ONGNIUD]: false };

const posted = (region: string, postedOn: string, days: number, url: string | null = 'http://x.invalid/') =>
  postedIn(office, region, postedOn, days, url);

const engine = (text: string, values: unknown[]) => office.base.db.engine.query(text, values);
const saw = (id: string, day: string, look: Look) =>
  engine('select saw_publicity($1, $2, $3, $4)', [id, day, `${day}T04:00:00Z`, look]);
const settle = (today: string) => engine('select settle_publicities($1, $2)', [today, `${today}T00:05:00+08:00`]);
const shown = async (id: string) =>
  (
    await office.rows<{ last: string; settled: string }>(
      'select last_day::text as last, settled_on::text as settled from publicity where id = $1',
      [id],
    )
  )[0]!;

/** By hand: days are counted one after the other; null while they are not enough. */
function endOf(start: string, needed: number, restarts: boolean, days: readonly (readonly Look[])[]): string | null {
  let counted = 0;
  for (const [at, looks] of days.entries()) {
    const missing = looks.includes('GONE') || looks.includes('DIFFERENT');
    if (looks.includes('SEEN') && !missing) counted += 1;
    else if (missing && restarts) counted = 0;
    if (counted === needed) return dayAfter(start, at + 1);
  }
  return null;
}

const someDays = fc.array(fc.subarray([...LOOKS]), { minLength: 1, maxLength: 30 });
const starts = fc.constantFrom('2026-11-22', '2027-12-25', '2028-02-20');

describe('the period of a publicity on the net', () => {
  it('ends with the last of as many days as the rule asks for on which the page was seen and never missing; a gap begins it anew where the region says so, a day nobody can tell of does not', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(HONGSHAN, ONGNIUD),
        starts,
        fc.integer({ min: 1, max: 9 }),
        someDays,
        fc.boolean(),
        async (region, start, needed, days, nightly) => {
          const id = await posted(region, start, needed);
          /* Whatever is still lacking is seen afterwards, one day after the other. */
          const whole = [...days, ...Array.from({ length: needed }, (): Look[] => ['SEEN'])];
          const expected = endOf(start, needed, RESTARTS[region]!, whole)!;
          for (const [at, looks] of whole.entries()) {
            const day = dayAfter(start, at + 1);
            for (const look of looks) await saw(id, day, look);
            if (nightly) await settle(dayAfter(day, 1));
            if (nightly && day < expected) expect((await shown(id)).last > day).toBe(true);
          }
          await settle(dayAfter(start, whole.length + 1));
          expect(await shown(id)).toEqual({ last: expected, settled: expected });
        },
      ),
      {
        numRuns: 40,
        examples: [[HONGSHAN, '2028-02-26', 2, [['SEEN'], ['GONE', 'SEEN'], [], ['UNREACHABLE'], ['SEEN']], true]],
      },
    );
  });

  it('is neither shortened nor settled back by anybody, and nobody but the hub’s engine writes down what was seen', async () => {
    const id = await posted(ONGNIUD, '2026-11-22', 5);
    await settle('2026-11-25');
    expect(await shown(id)).toEqual({ last: '2026-11-29', settled: '2026-11-24' });
    for (const change of [`last_day = last_day - 1`, `settled_on = posted_on`, `days = 1`]) {
      const attempt = office.rows(`update publicity set ${change} where id = $1`, [id]);
      await expect(attempt).rejects.toMatchObject({ constraint: 'publicity_never_shortened' });
      await expect(
        bySql(office.base, ONGNIUD, `update publicity set ${change} where id = $1`, [id]),
      ).rejects.toMatchObject({ code: '42501' });
    }
    for (const text of [
      `select saw_publicity('${id}', '2026-11-25', now(), 'SEEN')`,
      `select settle_publicities('2026-12-25', now())`,
      `update publicity_sighting set result = 'SEEN'`,
      `insert into publicity_sighting select id, region_code, household_id, '2026-11-25', 'SEEN', now(), now(), 1 from publicity where id = '${id}'`,
    ])
      await expect(bySql(office.base, ONGNIUD, text)).rejects.toMatchObject({ code: '42501' });
    await saw(id, '2026-11-24', 'SEEN'); // too late: that day is settled
    expect(await office.rows('select 1 from publicity_sighting where publicity_id = $1', [id])).toEqual([]);
  });

  it('begins anew after a gap where no number says whether it does: so long a period is enough by either answer', async () => {
    const id = await posted(ONGNIUD, '2013-03-01', 3); // no number is in force yet
    await saw(id, '2013-03-02', 'SEEN');
    await saw(id, '2013-03-03', 'GONE');
    await settle('2013-03-04');
    expect(await shown(id)).toEqual({ last: '2013-03-06', settled: '2013-03-03' });
  });

  it('is by the calendar alone where it hangs on a board only', async () => {
    const id = await posted(ONGNIUD, '2027-12-28', 7, null);
    await settle('2028-03-01');
    expect(await shown(id)).toEqual({ last: '2028-01-04', settled: '2027-12-28' });
  });
});

describe('a look at a page', () => {
  const PAGE = '<p>公示</p>';
  const HASH = createHash('sha256').update(PAGE).digest('hex');
  const asked: string[] = [];
  let server: Server;
  let at: string;
  beforeAll(async () => {
    server = createServer(({ url }, response) => {
      asked.push(url!);
      if (url === '/cut')
        return void response.writeHead(200, { 'content-length': '100' }).write('x', () => response.destroy());
      const [status, body, headers] = {
        ...{
          '/as-posted': [200, PAGE],
          '/gone': [410, PAGE],
          '/none': [404, PAGE],
          '/broken': [503, PAGE],
          '/changed': [200, `${PAGE} `],
        },
        ...{ '/huge': [200, Buffer.alloc(3 * 1024 * 1024)], '/moved': [302, '', { location: '/as-posted' }] },
      }[url!] as [number, string, Record<string, string>?];
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it.each([
    ['/as-posted', 'SEEN'],
    ['/gone', 'GONE'],
    ['/none', 'GONE'],
    ['/changed', 'DIFFERENT'],
    ['/huge', 'DIFFERENT'],
    ['/broken', 'UNREACHABLE'],
    ['/cut', 'UNREACHABLE'],
    ['/moved', 'UNREACHABLE'],
  ])('at %s finds %s', async (path, found) => {
    const witness = openPageWitness(makeNetwork({ sandbox: true, allowed: [] }));
    asked.length = 0;
    expect(await witness.look(`${at}${path}`, HASH)).toBe(found);
    expect(asked).toEqual([path]);
    await witness.close();
  });

  it('never goes where a connector may not: to this machine, its link, or a name of theirs', async () => {
    const witness = openPageWitness(makeNetwork({ sandbox: false, allowed: [] }));
    asked.length = 0;
    const port = new URL(at).port;
    for (const url of [
      `${at}/as-posted`,
      `http://localhost:${port}/as-posted`,
      `http://[::ffff:127.0.0.1]:${port}/as-posted`,
      'http://169.254.169.254/latest',
    ])
      expect([url, await witness.look(url, HASH)]).toEqual([url, 'UNREACHABLE']);
    expect(asked).toEqual([]);
    await witness.close();
  });
});
