import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { waitingMoves } from '../../schema/waiting/moves';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { approvedIn, bySql, ENTRY, standingOf, STEP, waits } from './queue-of';

seedProperties();

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/* Read off domain.md §5.3, not off the table. Three refusals are the default of both regions. */
const LIVE = ['ACTIVE', 'INVITED', 'IN_BATCH', 'DEFERRED', 'SUSPENDED'];
const AFTER: Readonly<Record<string, readonly [from: readonly string[], to: string]>> = {
  INVITATION: [['ACTIVE'], 'INVITED'],
  REGISTRATION: [['INVITED'], 'IN_BATCH'],
  ALLOTMENT: [['IN_BATCH'], 'FULFILLED'],
  DECLINE: [['INVITED', 'IN_BATCH'], 'ACTIVE'],
  DEFERRAL: [['INVITED', 'IN_BATCH'], 'DEFERRED'],
  LAST_REFUSAL: [[], ''],
  RETURN: [['DEFERRED'], 'ACTIVE'],
  SUSPENSION: [['ACTIVE'], 'SUSPENDED'],
  RESUMPTION: [['SUSPENDED'], 'ACTIVE'],
  RESTORATION: [['INVITED', 'IN_BATCH', 'FULFILLED'], 'ACTIVE'],
  REMOVAL: [LIVE, 'REMOVED'],
};
const LIMIT = 3;
const ON = '2026-01-15';
const PLACES = { [ONGNIUD]: 'COUNTY_HOUSING', [HONGSHAN]: 'CITY_HOUSING' } as Readonly<Record<string, string>>;

interface Try {
  readonly kind: string;
  readonly role: string | null;
  readonly stale: boolean;
}
const tries = fc.array(
  fc.record({
    kind: fc.oneof(
      { arbitrary: fc.constantFrom('INVITATION', 'DECLINE', 'DEFERRAL', 'REGISTRATION', 'RETURN'), weight: 3 },
      { arbitrary: fc.constantFrom(...Object.keys(AFTER)), weight: 2 },
    ),
    role: fc.oneof(
      { arbitrary: fc.constant(null), weight: 8 },
      { arbitrary: fc.constantFrom('COUNTY_HOUSING', 'CITY_HOUSING', 'REGION_HOUSING', 'HUB'), weight: 1 },
    ),
    stale: fc.oneof({ arbitrary: fc.constant(false), weight: 12 }, { arbitrary: fc.constant(true), weight: 1 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/* What chance may leave out: every kind of step once, below the limit of refusals. */
const EVERY_KIND: readonly Try[] = [
  ...['INVITATION', 'DEFERRAL', 'RETURN', 'SUSPENSION', 'RESUMPTION', 'INVITATION', 'REGISTRATION', 'DECLINE'],
  ...['INVITATION', 'RESTORATION', 'INVITATION', 'REGISTRATION', 'ALLOTMENT', 'RESTORATION', 'REMOVAL'],
].map((kind) => ({ kind, role: null, stale: false }));

const begin = async (region: string) => {
  const { id } = await office.home(region);
  const flow = region === HONGSHAN ? ('DISTRICTED_FLOW' as const) : ('COUNTY_FLOW' as const);
  return approvedIn(office.base, region, id, { on: ON, flow });
};

/** By plain SQL as the hub's own role: was it done? */
const tried = (region: string, text: string, values: unknown[]): Promise<boolean> =>
  bySql(office.base, region, text, values).then(
    () => true,
    (error: { code: string; message: string }) => {
      expect([error.code, error.message]).toEqual([expect.stringMatching(/^(23514|23505|42501)$/), expect.anything()]);
      return false;
    },
  );

describe('a place in the queue', () => {
  it('has the same table of steps in the code and in the database', async () => {
    const kept = await office.rows<{ row: string }>(
      `select concat_ws(' ', flow, from_state, kind, to_state, role) as row from waiting_move`,
    );
    const listed = waitingMoves().map(({ flow, from, kind, to, role }) => [flow, from, kind, to, role].join(' '));
    expect(kept.map(({ row }) => row).sort()).toEqual(listed.sort());
  });

  it('is moved by plain SQL along that table alone, by its office alone, on the version that stands; the third refusal is the last; its day stays', async () => {
    const taken: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(PLACES)), tries, async (region, sequence) => {
        const about = await begin(region);
        const entry = await waits(office.base, about);
        let model = { state: 'ACTIVE', version: 0, refusals: 0 };
        let day = Date.parse('2026-02-01');
        for (const { kind, role, stale } of sequence as Try[]) {
          day += 40 * 86_400_000;
          const date = (at: number) => new Date(at).toISOString().slice(0, 10);
          const right = kind === 'RETURN' ? 'HUB' : PLACES[region]!;
          const [from, to] = AFTER[kind]!;
          const refusal = ['DECLINE', 'DEFERRAL'].includes(kind);
          const last = (refusal || kind === 'LAST_REFUSAL') && model.refusals + 1 === LIMIT;
          const may = (last ? AFTER['DECLINE']![0] : from).includes(model.state) && (role ?? right) === right && !stale;
          const done = await tried(region, STEP, [
            ...[
              region,
              about.household,
              entry,
              stale ? model.version + 1 : model.version,
              kind,
              new Date(day),
              date(day),
            ],
            ...[role ?? right, kind === 'INVITATION' ? '批次一' : null],
            kind === 'DEFERRAL' ? date(day + 30 * 86_400_000) : null,
          ]);
          expect([kind, model, done]).toEqual([kind, model, may]);
          if (may)
            model = {
              state: last ? 'REMOVED' : to,
              version: model.version + 1,
              refusals: model.refusals + Number(refusal || last),
            };
          if (may) taken[last ? 'LAST_REFUSAL' : kind] = (taken[last ? 'LAST_REFUSAL' : kind] ?? 0) + 1;
          expect(await standingOf(office.base, entry)).toMatchObject({ ...model, enteredOn: ON });
        }
      }),
      { numRuns: 60, examples: [[ONGNIUD, EVERY_KIND] as never] },
    );
    process.stderr.write(`steps taken: ${JSON.stringify(taken)}\n`);
    for (const kind of Object.keys(AFTER).filter((each) => each !== 'LAST_REFUSAL'))
      expect(taken[kind] ?? 0).toBeGreaterThan(0);
  });

  it('does not come back before the day until which it is deferred', async () => {
    const about = await begin(ONGNIUD);
    const entry = await waits(office.base, about);
    const step = (version: number, kind: string, day: string, role: string, until: string | null = null) =>
      tried(ONGNIUD, STEP, [
        ...[ONGNIUD, about.household, entry, version, kind, new Date(`${day}T04:00:00Z`), day, role],
        ...[kind === 'INVITATION' ? '批次一' : null, until],
      ]);
    expect(await step(0, 'INVITATION', '2026-02-01', 'COUNTY_HOUSING')).toBe(true);
    expect(await step(1, 'DEFERRAL', '2026-02-02', 'COUNTY_HOUSING', '2026-02-02')).toBe(false);
    expect(await step(1, 'DEFERRAL', '2026-02-02', 'COUNTY_HOUSING', '2026-05-01')).toBe(true);
    expect(await step(2, 'RETURN', '2026-04-30', 'HUB')).toBe(false);
    expect(await step(2, 'RETURN', '2026-05-01', 'HUB')).toBe(true);
  });

  it('is not taken without an approval, on another day, in a later state or a second time; and nothing is written past the steps', async () => {
    const about = await begin(ONGNIUD);
    const { region, household, application, programme, flow, on } = about;
    const values = (more: Partial<typeof about> = {}) => {
      const it = { ...about, ...more };
      return [randomUUID(), region, it.household, it.application, it.programme, it.flow, it.on, null, null];
    };
    expect(await tried(region, ENTRY, values({ on: '2020-01-01' }))).toBe(false);
    expect(await tried(region, ENTRY, values({ programme: 'RENTAL_SUBSIDY' }))).toBe(false);
    expect(await tried(region, ENTRY, values({ flow: 'DISTRICTED_FLOW' }))).toBe(false);
    expect(await tried(region, ENTRY, values({ application: randomUUID() }))).toBe(false);
    const entry = await waits(office.base, { region, household, application, programme, flow, on });
    expect(await tried(region, ENTRY, values())).toBe(false);
    const second = await approvedIn(office.base, region, household);
    expect(await tried(region, ENTRY, values({ application: second.application }))).toBe(false);
    const forbidden = [
      `update waiting_list_entry set state = 'FULFILLED' where id = $1`,
      `update waiting_list_entry set entered_on = '2010-01-01' where id = $1`,
      `update waiting_list_entry set area_cm2 = 0 where id = $1`,
      `delete from waiting_list_entry where id = $1`,
      `insert into waiting_rank select id, region_code, household_id, programme, 1, 1 from waiting_list_entry where id = $1`,
      `update waiting_queue set run = 0 where region_code = (select region_code from waiting_list_entry where id = $1)`,
      `delete from waiting_difference where entry_id = $1`,
      `update waiting_exception set to_rank = 1 where entry_id = $1`,
      `update waiting_step set note = 'x' where entry_id = $1`,
    ];
    for (const text of forbidden) expect([text, await tried(region, text, [entry])]).toEqual([text, false]);
    expect(await standingOf(office.base, entry)).toMatchObject({ state: 'ACTIVE', version: 0 });
  });
});
