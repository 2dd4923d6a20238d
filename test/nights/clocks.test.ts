import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { Hub } from '../../src/context';
import { days } from '../../src/exchange/time';
import { chargeRents } from '../../src/jobs/charge-rents';
import { detectIneligible } from '../../src/jobs/detect-ineligible';
import { endPublicities } from '../../src/jobs/end-publicities';
import { runTenancies } from '../../src/jobs/run-tenancies';
import { witnessPublicities } from '../../src/jobs/witness-publicities';
import { dayAfter, posted } from '../admission/posted';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { openHub } from '../cross-check/stage';
import { testFolder } from '../support/folder';
import { seedProperties } from '../support/seed';
import { chargedBy, handedOver, inBatch, noon, offer, publishTemplates } from '../tenancy/tenancy-of';

seedProperties();

/** All but the clock of the day go on as they are. */
const OTHERS = [
  ...([
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'requestAnimationFrame',
    'cancelAnimationFrame',
  ] as const),
  ...(['requestIdleCallback', 'cancelIdleCallback', 'setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const),
];

const folder = testFolder();
let office: Office;
const said: object[] = [];
const log = { error: (about: object) => void said.push(about), warn: () => undefined } as never;
beforeAll(async () => {
  office = await openOffice();
  for (const region of [HONGSHAN, ONGNIUD]) await publishTemplates(office, region);
});
beforeEach(() => void (said.length = 0));
afterAll(() => office.close());

const NIGHT = {
  'witness-publicities': witnessPublicities,
  'end-publicities': endPublicities,
  'run-tenancies': runTenancies,
  'charge-rents': chargeRents,
  'detect-ineligible': detectIneligible,
};
type Task = keyof typeof NIGHT;
/** A job at noon of a day by the hub's clock, which is ahead of the database's by so many days. */
const run = (task: Task, day: string, ahead = 0) => {
  const hub: Hub = { ...office.hub, log, now: () => noon(day), clockDrift: async () => days(ahead) };
  return NIGHT[task].run({}, hub, new AbortController().signal);
};
const value = async <T>(text: string, values: unknown[] = []) =>
  (await office.rows<{ value: T }>(text, values))[0]!.value;

/** A publicity that hangs on a board, or is shown at an address, and whose application waits for its end. */
async function shown(postedOn: string, url: string | null): Promise<() => Promise<string>> {
  const id = await posted(office, HONGSHAN, postedOn, 7, url);
  await office.rows(
    `update application set state = 'PUBLICITY', round = 1 where id = (select application_id from publicity where id = $1)`,
    [id],
  );
  return () =>
    value<string>(`select state || ' ' || last_day || ' ' || settled_on as value from publicity where id = $1`, [id]);
}

describe('two clocks of which one has jumped by two days', () => {
  it.each([2, -2])(
    'end no publicity, settle no day of one and see none: it is told, and done once they agree (%i)',
    async (ahead) => {
      const board = await shown('2028-02-22', null); // its last day is the leap day
      const net = await shown('2028-02-22', 'http://x.invalid/');
      const [before, beforeNet] = [await board(), await net()];
      expect(before).toBe('RUNNING 2028-02-29 2028-02-22');
      for (const task of ['end-publicities', 'witness-publicities'] as const)
        await expect(run(task, '2028-03-02', ahead)).rejects.toThrow('the clocks differ');
      expect(said).toEqual([
        { task: 'end-publicities', aheadSeconds: ahead * 86_400 },
        { task: 'witness-publicities', aheadSeconds: ahead * 86_400 },
      ]);
      expect([await board(), await net()]).toEqual([before, beforeNet]);
      expect(await value(`select count(*)::int as value from publicity_sighting where day >= '2028-02-22'`)).toBe(0);
      await run('end-publicities', '2028-02-29');
      expect(await board()).toBe(before);
      await run('end-publicities', '2028-03-01');
      expect(await board()).toBe('ENDED 2028-02-29 2028-02-22');
    },
  );

  it.each([2, -2])('charge no rent, end no contract, let no offer lapse and find nobody out (%i)', async (ahead) => {
    const home = await inBatch(office, ONGNIUD);
    const { id: contract } = await handedOver(office, home, '2024-11-30', 1);
    const offered = (await offer(office, await inBatch(office, ONGNIUD), '2024-12-01')).id;
    const standing = () =>
      value(
        `select json_build_array((select count(*) from rent_entry where contract_id = $1), (select state from contract where id = $1),
           (select state from allotment where id = $2), (select count(*) from detection_finding)) as value`,
        [contract, offered],
      );
    const before = await standing();
    for (const task of ['run-tenancies', 'charge-rents', 'detect-ineligible'] as const)
      await expect(run(task, '2026-01-01', ahead)).rejects.toThrow('the clocks differ');
    expect(await standing()).toEqual(before);
    for (const task of ['run-tenancies', 'charge-rents', 'detect-ineligible'] as const) await run(task, '2026-01-01');
    expect(await standing()).toEqual([14, 'EXPIRED', 'LAPSED', expect.any(Number)]);
  });

  it('are seen by a hub that has no clock of its own to vouch for: it asks the database how late it is', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const hub = await openHub({
      env: { DATA_DIR: folder, HUB_ROLE_KEY: office.base.roleKey.toString('base64') },
      ...{ ownerUrl: office.base.ownerUrl, agencies: {} },
      signingKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    });
    const within = async (expected: number) => {
      const drift = (await hub.clockDrift()) - expected;
      expect([drift > -60_000, drift < 60_000]).toEqual([true, true]);
    };
    await within(0);
    const real = Date.now();
    for (const jump of [days(2), days(-2)]) {
      jest.useFakeTimers({ now: real + jump, doNotFake: [...OTHERS] });
      await within(jump).finally(() => jest.useRealTimers());
    }
    await hub.close();
  });
});

describe('nights whose clock goes two days ahead and back, and nobody notices', () => {
  const START = ['2024-02-28', '2024-12-30', '2025-12-31'] as const;
  it('charge each month once, when it was over by the clock of some night, at what its days owe', async () => {
    const jumps = fc.array(fc.constantFrom(-2, 0, 0, 1, 2), { minLength: 3, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...START), jumps, async (start, jumped) => {
        const { id } = await handedOver(office, await inBatch(office, ONGNIUD), start);
        let latest = start as string;
        for (const [night, jump] of jumped.entries()) {
          const day = dayAfter(start, night + jump);
          if (day > latest) latest = day;
          await chargedBy(office, day);
        }
        const [year, month, from] = start.split('-').map(Number) as [number, number, number];
        const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const over = latest > `${start.slice(0, 8)}${length}`;
        const owed = Math.floor((2 * 5000 * (length - from + 1) + length) / (2 * length)); // 50 m² at 1.00 yuan, half up
        const entries = await office.rows(
          'select kind, amount_fen::int as fen from rent_entry where contract_id = $1',
          [id],
        );
        expect(entries).toEqual(over ? [{ kind: 'CHARGE', fen: owed }] : []);
      }),
      {
        numRuns: 6,
        examples: [
          ['2024-02-28', [0, 2, -2, 0]],
          ['2024-12-30', [2, -2, 2, 2]],
        ],
      },
    );
  });
});
