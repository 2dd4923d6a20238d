import { randomBytes } from 'node:crypto';
import { makeSeal } from '../../src/access/seal';
import { importHouseholds } from '../../src/commands/import-households';
import { reviewIdentityMatch } from '../../src/commands/review-identity-match';
import { screenIdentities } from '../../src/jobs/screen-identities';
import { makeLog } from '../../src/log';
import { pageOfMatches, type Filter } from '../../resolvers/housing/identity-match-rows';
import { MatchVerdict } from '../../schema/housing/identity-match';
import { HONGSHAN, ONGNIUD, openOffice, TIANE, type Office } from '../commands/support/office';
import { idNumberOf } from '../server/support/people';

const [CHIFENG, INNER_MONGOLIA] = ['1504', '15'];
let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const screen = async (payload: unknown = {}, hub: Partial<Office['hub']> = {}, signal = new AbortController().signal) =>
  screenIdentities.run(payload, { ...office.hub, log: makeLog('silent'), ...hub }, signal);

let files = 0;
async function register(region: string, name: string, idNumber: string, clerk = 'clerk'): Promise<string> {
  const csv = `fileNumber,registeredOn,relation,name,idNumber,since\nM-${(files += 1)},2024-05-06,申请人,${name},${idNumber},`;
  const before = new Set((await office.rows<{ id: string }>('select id from person')).map(({ id }) => id));
  const report = await importHouseholds(office.as({ office: region, subject: clerk }), { region, csv });
  expect(report).toMatchObject({ created: 1, problems: [] });
  const rows = await office.rows<{ id: string }>('select id from person');
  return rows.find(({ id }) => !before.has(id))!.id;
}

let births = 0;
/** A birthday nobody else here has, and a number with one digit of the division mistyped: one human being, two numbers. */
function twoNumbers(): [string, string] {
  const born = new Date(Date.UTC(1950, 0, 1 + 37 * (births += 1))).toISOString().slice(0, 10);
  const sequence = 101 + 14 * births;
  return [idNumberOf(HONGSHAN, born, sequence), idNumberOf('150403', born, sequence)];
}
async function registeredTwice(
  here: string,
  there: string,
  name = '王建国',
  again = '王建國',
): Promise<[string, string]> {
  const [number, mistyped] = twoNumbers();
  return [await register(here, name, number), await register(there, again, mistyped)];
}

interface Row {
  readonly id: string;
  readonly pair: string[];
  readonly tier: string;
  readonly state: string;
}
/** The machine's connections, of which one is cut by PostgreSQL right before the so manieth statement of a transaction. */
function cutBefore(nth: number): Office['hub']['db'] {
  const { db } = office.base;
  let count = 0;
  const connect = async () => {
    const client = await db.engine.connect();
    const { processID } = client as unknown as { processID: number };
    const query = async (...asked: unknown[]): Promise<unknown> => {
      if ((count += 1) === nth) await db.engine.query('select pg_terminate_backend($1)', [processID]);
      return (client.query as (...all: unknown[]) => Promise<unknown>).apply(client, asked);
    };
    return { query, release: () => client.release(count >= nth) };
  };
  const engine = { connect, query: db.engine.query.bind(db.engine) };
  return { ...db, engine: engine as unknown as typeof db.engine };
}

const MATCHES = `select id, array[person_a, person_b] as pair, region_code, other_region, score, tier, model, levels, registered_by, state, reviewed_by,
  reason, former from identity_match order by person_a, person_b`;
const matches = () => office.rows<Row>(MATCHES);
const matchOf = async (pair: readonly string[]): Promise<Row | undefined> =>
  (await matches()).find((row) => row.pair.join() === [...pair].sort().join());
const seenBy = async (viewer: Parameters<Office['as']>[0], filter: Partial<Filter> = {}) => {
  const all = { region: INNER_MONGOLIA, tier: null, household: null, ...filter };
  return (await pageOfMatches(office.as(viewer), all, { first: 200 })).nodes.map(({ id }) => id);
};

describe('who is registered', () => {
  it('is laid beside the others in the same transaction, under digests that only the key makes', async () => {
    const id = await register(HONGSHAN, '白音·朝鲁', idNumberOf(HONGSHAN, '1949-10-01', 7), 'officer-7');
    const [mark] = await office.rows<{ blocks: string[] }>(
      'select blocks, registered_by, screened from person_mark where person_id = $1',
      [id],
    );
    expect(mark).toMatchObject({ registered_by: 'officer-7', screened: false });
    expect(new Set(mark!.blocks).size).toBe(8);
    const laid = await office.rows<{ digest: string }>('select digest from person_block where person_id = $1', [id]);
    expect(laid.map(({ digest }) => digest).sort()).toEqual([...mark!.blocks].sort());
    const again = office.hub.seal.blocks(['x', 'y']);
    expect(office.hub.seal.blocks(['x', 'y'])).toEqual(again);
    const otherKey = makeSeal(randomBytes(32), randomBytes(32)).blocks(['x', 'y']);
    expect(otherKey.digests.some((digest) => again.digests.includes(digest))).toBe(false);
  });

  it('is not marked where the registration does not come to pass', async () => {
    const before = await office.rows('select person_id from person_mark order by 1');
    const csv = `fileNumber,registeredOn,relation,name,idNumber,since\nM-x,2024-05-06,申请人,某,${idNumberOf(HONGSHAN, '1949-10-02', 8)},`;
    await office.base.owner.query(`alter table household add constraint nobody check (file_number <> 'M-x')`);
    await expect(importHouseholds(office.as(), { region: HONGSHAN, csv })).rejects.toThrow();
    await office.base.owner.query('alter table household drop constraint nobody');
    expect(await office.rows('select person_id from person_mark order by 1')).toEqual(before);
  });

  it('can be read from the digests by no officer', async () => {
    for (const table of ['person_mark', 'person_block'])
      await expect(office.base.db.app.query(`select * from ${table}`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the screening', () => {
  it('finds who was registered twice under two numbers, and nobody else', async () => {
    const pair = await registeredTwice(HONGSHAN, HONGSHAN);
    await register(HONGSHAN, '王建国', idNumberOf(HONGSHAN, '1961-07-07', 300)); // of one name, and another
    const before = (await matches()).length;
    await screen();
    expect(await matchOf(pair)).toMatchObject({
      ...{ tier: 'AUTO', state: 'OPEN', registered_by: ['clerk'], model: 1 },
      levels: { name: 'VARIANT', number: 'ONE_DIGIT', region: 'COUNTY' },
    });
    expect(await matches()).toHaveLength(before + 1);
  });

  it('merges nothing and changes no record of theirs', async () => {
    const pair = await registeredTwice(HONGSHAN, HONGSHAN);
    const files = `select p.*, m.* from person p join household_member m on m.person_id = p.id where p.id = any ($1) order by p.id`;
    const before = await office.rows(files, [pair]);
    await screen();
    expect(await matchOf(pair)).toBeDefined();
    expect(await office.rows(files, [pair])).toEqual(before);
  });

  it('one by one finds what all at once does, and so does a run that stopped between', async () => {
    await registeredTwice(HONGSHAN, ONGNIUD);
    await screen();
    await registeredTwice(ONGNIUD, ONGNIUD, '覃芳', '谭芳');
    await screen();
    const piecemeal = await matches();
    await screen({ all: true });
    expect(await matches()).toEqual(piecemeal);
    await office.base.owner.query('delete from identity_match; update person_mark set screened = false');
    const stopped = new AbortController();
    stopped.abort();
    await screen({}, {}, stopped.signal);
    await screen();
    const anew = await matches();
    expect(anew.map(({ id: _id, ...row }) => row)).toEqual(piecemeal.map(({ id: _id, ...row }) => row));
  });

  it('cut off before any of its statements goes on where it was, and ends as an undisturbed run', async () => {
    const laid = () => office.rows('select digest, person_id from person_block order by 1, 2');
    await screen();
    const [undisturbed, before] = [await matches(), await laid()];
    for (let nth = 1, cut = true; cut; nth++) {
      await office.base.owner.query(`delete from identity_match; update person_mark set key_id = '', screened = false`);
      cut = await screen({}, { db: cutBefore(nth) }).then(
        () => false,
        () => true,
      );
      if (!cut) expect(nth).toBeGreaterThan(12); // statements of one run
      await screen();
      expect((await matches()).map(({ id: _id, ...row }) => row)).toEqual(
        undisturbed.map(({ id: _id, ...row }) => row),
      );
      expect(await laid()).toEqual(before);
    }
  });

  it('marks who came in bulk or was renamed, and takes away what no longer holds', async () => {
    const home = await office.home(ONGNIUD, [{ name: '娜仁', birth: '1948-02-03', relation: 'APPLICANT' }]);
    const { id, idNumber } = home.people[0]!;
    const other = await register(ONGNIUD, '额尔敦', idNumberOf('150403', '1948-02-03', Number(idNumber.slice(14, 17))));
    await screen();
    expect(await matchOf([id, other])).toBeUndefined();
    await office.base.owner.query(`update person set name = '娜仁' where id = $1`, [other]);
    await screen();
    expect(await matchOf([id, other])).toMatchObject({ state: 'OPEN', registered_by: ['clerk'] });
    await office.base.owner.query(`update person set name = '哈斯' where id = $1`, [other]);
    await screen();
    expect(await matchOf([id, other])).toBeUndefined();
  });

  it('is done anew under another key, with the same matches', async () => {
    const before = await matches();
    const digests = new Set(
      (await office.rows<{ digest: string }>('select digest from person_block')).map(({ digest }) => digest),
    );
    const { seal } = office.hub;
    const turned = makeSeal(randomBytes(32), randomBytes(32));
    await screen(
      {},
      { seal: { ...seal, keyId: seal.keyId, blocks: (texts) => ({ ...turned.blocks(texts), key: 'aes-2' }) } },
    );
    const renewed = await office.rows<{ digest: string }>('select digest from person_block');
    expect(renewed.length).toBeGreaterThan(0);
    expect(renewed.filter(({ digest }) => digests.has(digest))).toEqual([]);
    expect(await matches()).toEqual(before);
    await screen();
  });
});

describe('a match', () => {
  it('is known to whoever has both in scope; to whoever has one it looks as if there were none', async () => {
    const pair = await registeredTwice(HONGSHAN, ONGNIUD);
    await screen();
    const { id } = (await matchOf(pair))!;
    for (const one of [HONGSHAN, ONGNIUD, TIANE]) {
      expect(await seenBy({ office: one })).not.toContain(id);
      await expect(
        reviewIdentityMatch(office.as({ office: one, subject: 'reviewer' }), {
          id,
          verdict: MatchVerdict.SAME,
          reason: '同一人',
        }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND', extensions: { field: 'id' } });
    }
    for (const above of [CHIFENG, INNER_MONGOLIA])
      for (const region of [HONGSHAN, ONGNIUD, INNER_MONGOLIA])
        expect(await seenBy({ office: above, role: 'CITY_HOUSING' }, { region })).toContain(id);
  });

  it('stands in both files, and in the tier it is of', async () => {
    const pair = await registeredTwice(HONGSHAN, HONGSHAN);
    await screen();
    const { id } = (await matchOf(pair))!;
    const homes = await office.rows<{ household: string }>(
      'select household_id as household from household_member where person_id = any ($1)',
      [pair],
    );
    expect(homes).toHaveLength(2);
    for (const { household } of homes) expect(await seenBy({}, { household })).toEqual([id]);
    expect(await seenBy({}, { tier: 'AUTO' as never })).toContain(id);
    expect(await seenBy({}, { tier: 'REVIEW' as never })).not.toContain(id);
  });

  it('comes page by page, the likeliest first, each once', async () => {
    const filter = { region: INNER_MONGOLIA, tier: null, household: null };
    const ctx = office.as({ office: INNER_MONGOLIA });
    const scores: number[] = [];
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await pageOfMatches(ctx, filter, { first: 1, after });
      ids.push(...page.nodes.map(({ id }) => id));
      scores.push(...page.nodes.map(({ score }) => score));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(ids.length).toBeGreaterThan(3);
    expect(new Set(ids)).toEqual(new Set((await matches()).map(({ id }) => id)));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it('is logged as a look at both', async () => {
    const ctx = office.as({ office: INNER_MONGOLIA });
    const { nodes } = await pageOfMatches(ctx, { region: INNER_MONGOLIA, tier: null, household: null }, { first: 1 });
    const looks = await office.rows<{ person_id: string }>(
      'select person_id, fields from read_entry where request_id = $1',
      [ctx.requestId],
    );
    expect(looks.map(({ person_id }) => person_id)).toEqual(
      expect.arrayContaining([nodes[0]!.personId, nodes[0]!.otherId]),
    );
  });
});

describe('reviewIdentityMatch', () => {
  const review = (id: string, verdict: MatchVerdict, subject: string, reason = '户口簿核对') =>
    reviewIdentityMatch(office.as({ subject }), { id, verdict, reason });

  it('is done by another than who registered either, overruled by a third, and screened away by nobody', async () => {
    const pair = await registeredTwice(HONGSHAN, HONGSHAN);
    await screen();
    const { id } = (await matchOf(pair))!;
    await expect(review(id, MatchVerdict.SAME, 'clerk')).rejects.toMatchObject({ code: 'SECOND_PERSON_REQUIRED' });
    await expect(review(id, MatchVerdict.SAME, 'second', ' ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(review(id, MatchVerdict.SAME, 'second', idNumberOf(HONGSHAN, '1980-01-01', 1))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await review(id, MatchVerdict.SAME, 'second');
    await expect(review(id, MatchVerdict.SAME, 'third')).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    await expect(review(id, MatchVerdict.DIFFERENT, 'second')).rejects.toMatchObject({
      code: 'SECOND_PERSON_REQUIRED',
    });
    await review(id, MatchVerdict.DIFFERENT, 'third', '指纹不同');
    const settled = await matchOf(pair);
    expect(settled).toMatchObject({
      ...{ state: 'DIFFERENT', reviewed_by: 'third', reason: '指纹不同' },
      former: [{ state: 'SAME', by: 'second', reason: '户口簿核对' }],
    });
    await office.base.owner.query(`update person set name = '哈斯高娃' where id = $1`, [pair[0]]);
    await screen({ all: true });
    expect(await matchOf(pair)).toEqual(settled);
    await expect(office.base.owner.query('delete from identity_match where id = $1', [id])).rejects.toMatchObject({
      constraint: 'identity_match_stays',
    });
  });

  it('is held to it by the tables: not by who registered, not back to open, not without a reason', async () => {
    const pair = await registeredTwice(HONGSHAN, HONGSHAN);
    await screen();
    const { id } = (await matchOf(pair))!;
    const write = (text: string) => office.base.owner.query(`update identity_match set ${text} where id = $1`, [id]);
    const by = (who: string) =>
      `state = 'SAME', reviewed_at = now(), reviewed_by = '${who}', reviewed_role = 'x', reviewed_office = 'x'`;
    await expect(write(`${by('clerk')}, reason = 'x'`)).rejects.toMatchObject({
      constraint: 'identity_match_by_another',
    });
    await expect(write(by('second'))).rejects.toMatchObject({ constraint: 'identity_match_reviewed' });
    await expect(
      office.base.db.engine.query(`update identity_match set ${by('second')}, reason = 'x' where id = $1`, [id]),
    ).rejects.toMatchObject({ constraint: 'identity_match_by_officer' });
    await write(`${by('second')}, reason = 'x'`);
    await expect(write(`state = 'OPEN'`)).rejects.toMatchObject({ constraint: 'identity_match_overruled' });
  });
});
