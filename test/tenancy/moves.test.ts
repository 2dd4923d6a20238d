import fc from 'fast-check';
import { dwellingMoves } from '../../schema/tenancy/dwelling-moves';
import { tenancyMoves } from '../../schema/tenancy/moves';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { bySql } from '../waiting/queue-of';
import { exitOpened, inBatch, MANAGER, noon, offer, one, publishTemplates, type Home } from './tenancy-of';

seedProperties();

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
});
afterAll(() => office.close());

const STEP = `
  insert into tenancy_step (id, region_code, household_id, noun, subject_id, version, kind, at, on_day, taken_by, role, office, document_number, clause_id, due_on, amount_fen, note)
  values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $1, '1', $11, $12, $13, 'x')`;
const DRAW = `
  insert into contract (id, region_code, household_id, allotment_id, dwelling_id, programme, kind, template_id, party_kind, party, area_cm2, rent_fen, deposit_fen, starts_on, ends_on, drawn_at, drawn_by)
  select gen_random_uuid(), a.region_code, a.household_id, a.id, a.dwelling_id, a.programme, 'LEASE', contract_template_of(a.region_code, 'LEASE', $2), 'MANAGER', $3, 1, 1, 1,
    $2, $2::date + 700, $4, 'x' from allotment a where a.id = $1`;
const DUE = ['ORDER', 'RELOCATION'];

/* Read off domain.md §5.6, not off the tables: what a step needs, and what it leaves, of the whole tenancy of one household. */
interface Model {
  offer: string;
  contract: string | null;
  home: string | null;
  exit: string | null;
  dwelling: string;
  queue: string;
}
const LIVE = ['SIGNED', 'FILED', 'ACTIVE'];
const UNDER_WAY = ['ORDERED', 'RELOCATION', 'MARKET_RENT', 'COURT'];
type Rule = readonly [may: (m: Model) => boolean, then: (m: Model) => Partial<Model>, role?: 'QUEUE'];
const RULES: Readonly<Record<string, Rule>> = {
  'ALLOTMENT ACCEPTANCE': [(m) => m.offer === 'OFFERED', () => ({ offer: 'ACCEPTED', queue: 'FULFILLED' }), 'QUEUE'],
  'ALLOTMENT DECLINE': [
    (m) => m.offer === 'OFFERED',
    () => ({ offer: 'DECLINED', queue: 'ACTIVE', dwelling: 'PENDING_ALLOCATION' }),
    'QUEUE',
  ],
  'ALLOTMENT VOIDING': [
    (m) => ['OFFERED', 'ACCEPTED', 'CONTRACT_SIGNED'].includes(m.offer) && [null, 'TERMINATED'].includes(m.contract),
    () => ({ offer: 'VOID', queue: 'ACTIVE', dwelling: 'PENDING_ALLOCATION' }),
    'QUEUE',
  ],
  'ALLOTMENT SIGNING': [() => false, () => ({})],
  'ALLOTMENT HANDOVER': [
    (m) => m.offer === 'CONTRACT_SIGNED' && ['SIGNED', 'FILED'].includes(m.contract!),
    (m) => ({
      ...{ offer: 'HANDED_OVER', dwelling: 'OCCUPIED', home: 'NOT_MOVED_IN' },
      contract: m.contract === 'FILED' ? 'ACTIVE' : m.contract,
    }),
  ],
  'CONTRACT SIGNING': [
    (m) => m.contract === 'DRAFT' && m.offer === 'ACCEPTED',
    () => ({ contract: 'SIGNED', offer: 'CONTRACT_SIGNED' }),
  ],
  'CONTRACT WITHDRAWAL': [(m) => m.contract === 'DRAFT', () => ({ contract: 'TERMINATED' })],
  'CONTRACT FILING': [
    (m) => m.contract === 'SIGNED',
    (m) => ({ contract: m.home !== null && m.home !== 'VACATED' ? 'ACTIVE' : 'FILED' }),
  ],
  'CONTRACT ACTIVATION': [() => false, () => ({})],
  'CONTRACT RENEWAL': [() => false, () => ({})],
  'CONTRACT EXPIRY': [() => false, () => ({})],
  'CONTRACT EXITING': [() => false, () => ({})],
  'CONTRACT PURCHASE': [() => false, () => ({})],
  'CONTRACT TERMINATION': [
    (m) => LIVE.includes(m.contract!),
    (m) => ({ contract: 'TERMINATED', home: ['NOT_MOVED_IN', 'OCCUPIED'].includes(m.home!) ? 'VACATING' : m.home }),
  ],
  'OCCUPANCY MOVE_IN': [(m) => m.home === 'NOT_MOVED_IN', () => ({ home: 'OCCUPIED' })],
  'OCCUPANCY LEAVING': [() => false, () => ({})],
  'OCCUPANCY VACATION': [
    (m) => m.home === 'VACATING' && [null, 'VACATED'].includes(m.exit),
    () => ({ home: 'VACATED', dwelling: 'RECOVERED' }),
  ],
  'OCCUPANCY EXITING': [() => false, () => ({})],
  'EXIT HEARING': [(m) => m.exit === 'OPENED', () => ({ exit: 'HEARING' })],
  'EXIT ORDER': [(m) => m.exit === 'HEARING', () => ({ exit: 'ORDERED' })],
  'EXIT RELOCATION': [
    (m) => m.exit === 'ORDERED',
    (m) => ({
      exit: 'RELOCATION',
      home: LIVE.includes(m.contract!) && ['NOT_MOVED_IN', 'OCCUPIED'].includes(m.home!) ? 'VACATING' : m.home,
    }),
  ],
  'EXIT MARKET_RENT': [(m) => m.exit === 'RELOCATION', () => ({ exit: 'MARKET_RENT' })],
  'EXIT COURT': [(m) => m.exit === 'MARKET_RENT', () => ({ exit: 'COURT' })],
  'EXIT RECOVERY': [
    (m) => UNDER_WAY.includes(m.exit!),
    (m) => {
      const lives = LIVE.includes(m.contract!);
      const leaves = lives && m.home !== null && m.home !== 'VACATED';
      return {
        ...{ exit: 'VACATED', contract: lives ? 'TERMINATED' : m.contract },
        ...(leaves ? { home: 'VACATED', dwelling: 'PENDING_ALLOCATION' } : {}),
      };
    },
  ],
  'EXIT REPURCHASE': [() => false, () => ({})],
};
const NAMES = Object.keys(RULES);
const FORWARD = [
  ...['ALLOTMENT ACCEPTANCE', 'DRAW', 'CONTRACT SIGNING', 'CONTRACT FILING', 'ALLOTMENT HANDOVER', 'OCCUPANCY MOVE_IN'],
  ...['EXIT OPEN', 'EXIT HEARING', 'EXIT ORDER', 'EXIT RELOCATION', 'EXIT MARKET_RENT', 'EXIT COURT', 'EXIT RECOVERY'],
];
const tries = fc.tuple(
  fc.integer({ min: 0, max: FORWARD.length }),
  fc.array(
    fc.record({
      name: fc.constantFrom(...NAMES, 'DRAW'),
      wrongRole: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
      stale: fc.oneof({ arbitrary: fc.constant(false), weight: 12 }, { arbitrary: fc.constant(true), weight: 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
);

/** By plain SQL as the hub's own role: was it done? */
const tried = (region: string, text: string, values: unknown[]): Promise<boolean> =>
  bySql(office.base, region, text, values).then(
    () => true,
    (error: { code: string; message: string }) => {
      expect([error.message, error.code]).toEqual([
        expect.anything(),
        expect.stringMatching(/^(23514|23505|42501|23503)$/),
      ]);
      return false;
    },
  );

const standing = async ({ household, dwelling, entry }: Home): Promise<Model> => ({
  offer: (await one<string>(office, 'select state as value from allotment where household_id = $1', [household]))!,
  contract:
    (await one<string>(
      office,
      'select state as value from contract where household_id = $1 order by drawn_at desc limit 1',
      [household],
    )) ?? null,
  home:
    (await one<string>(office, 'select state as value from occupancy where household_id = $1', [household])) ?? null,
  exit:
    (await one<string>(office, 'select state as value from exit_case where household_id = $1', [household])) ?? null,
  dwelling: (await one<string>(office, 'select state as value from dwelling where id = $1', [dwelling]))!,
  queue: (await one<string>(office, 'select state as value from waiting_list_entry where id = $1', [entry]))!,
});
const SUBJECT: Readonly<Record<string, string>> = {
  ALLOTMENT: 'select id as value from allotment where household_id = $1',
  CONTRACT: 'select id as value from contract where household_id = $1 order by drawn_at desc limit 1',
  OCCUPANCY: 'select id as value from occupancy where household_id = $1',
  EXIT: 'select id as value from exit_case where household_id = $1',
};
const TABLE: Readonly<Record<string, string>> = {
  ...{ ALLOTMENT: 'allotment', CONTRACT: 'contract', OCCUPANCY: 'occupancy', EXIT: 'exit_case' },
};

describe('a tenancy', () => {
  it('has the same tables of steps in the code and in the database', async () => {
    const kept = await office.rows<{ row: string }>(
      `select concat_ws(' ', noun, from_state, kind, to_state, whose) as row from tenancy_move
       union all select concat_ws(' ', 'DWELLING', from_state, kind, to_state, whose) from dwelling_move`,
    );
    const listed = [...tenancyMoves(), ...dwellingMoves().map((one_) => ({ noun: 'DWELLING', ...one_ }))].map(
      ({ noun, from, kind, to, whose }) => [noun, from, kind, to, whose].join(' '),
    );
    expect(kept.map(({ row }) => row).sort()).toEqual(listed.sort());
  });

  it('is moved by plain SQL along that table alone: allotment, contract, occupancy, exit, dwelling and queue never stand apart', async () => {
    const taken: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(ONGNIUD, HONGSHAN), tries, async (region, [far, sequence]) => {
        const home = await inBatch(office, region);
        const { id: allotment } = await offer(office, home);
        let model = await standing(home);
        expect(model).toEqual({
          ...{ offer: 'OFFERED', contract: null, home: null, exit: null, dwelling: 'ALLOTTED', queue: 'IN_BATCH' },
        });
        let day = Date.parse('2024-03-02');
        const plan = [...FORWARD.slice(0, far).map((name) => ({ name, wrongRole: false, stale: false })), ...sequence];
        for (const { name, wrongRole, stale } of plan) {
          const today = new Date(day).toISOString().slice(0, 10);
          let done: boolean;
          let may: boolean;
          if (name === 'DRAW') {
            may = model.offer === 'ACCEPTED' && [null, 'TERMINATED'].includes(model.contract);
            done = await tried(region, DRAW, [allotment, today, MANAGER, noon(today)]);
            expect([name, model, done]).toEqual([name, model, may]);
            if (may) model = { ...model, contract: 'DRAFT' };
          } else if (name === 'EXIT OPEN') {
            await exitOpened(office, home, today);
            model = { ...model, exit: 'OPENED' };
          } else {
            const [noun, kind] = name.split(' ') as [string, string];
            const subject = await one<string>(office, SUBJECT[noun]!, [home.household]);
            if (subject === undefined) continue;
            const version = (await one<number>(office, `select version as value from ${TABLE[noun]} where id = $1`, [
              subject,
            ]))!;
            const [able, then, whose] = RULES[name]!;
            const right = whose === 'QUEUE' && region === HONGSHAN ? 'CITY_HOUSING' : 'COUNTY_HOUSING';
            const role = wrongRole ? 'REGION_HOUSING' : right;
            may = able(model) && !wrongRole && !stale;
            /* One hears, another orders; the time to move is over by the next step. */
            const by = kind === 'HEARING' ? 'one' : 'two';
            const due = DUE.includes(kind) ? new Date(day + 2 * 86_400_000).toISOString().slice(0, 10) : null;
            done = await tried(region, STEP, [
              ...[
                region,
                home.household,
                noun,
                subject,
                version + Number(stale),
                kind,
                noon(today),
                today,
                by,
                role,
                '3',
                due,
              ],
              kind === 'REPURCHASE' ? 1 : null,
            ]);
            expect([name, model, done]).toEqual([name, model, may]);
            if (may) model = { ...model, ...then(model) };
            if (may) taken[name] = (taken[name] ?? 0) + 1;
          }
          expect(await standing(home)).toEqual(model);
          day += 3 * 86_400_000;
          if (day > Date.parse('2024-03-15') && model.offer === 'OFFERED') return; // the time to answer is over
        }
      }),
      { numRuns: 25 },
    );
    process.stderr.write(`steps of tenancies: ${JSON.stringify(taken)}\n`);
    for (const name of ['ALLOTMENT ACCEPTANCE', 'CONTRACT SIGNING', 'ALLOTMENT HANDOVER', 'EXIT ORDER'])
      expect(taken[name] ?? 0).toBeGreaterThan(0);
  });

  it('is written by nothing but its steps', async () => {
    const home = await inBatch(office, ONGNIUD);
    await offer(office, home);
    const forbidden = [
      `update allotment set state = 'HANDED_OVER'`,
      `update contract set rent_fen = 1`,
      `update dwelling set state = 'OCCUPIED'`,
      `update exit_case set state = 'VACATED'`,
      `update occupancy set state = 'OCCUPIED'`,
      `insert into occupancy select gen_random_uuid(), region_code, household_id, dwelling_id, id, 'OCCUPIED', 0, offered_on from allotment`,
      `insert into dwelling_step select gen_random_uuid(), region_code, id, version, 'HANDOVER', '', now(), '2099-01-01', 'x', 'x', 'x' from dwelling where id = $1`,
      `update tenancy_step set note = 'x'`,
      `delete from tenancy_step`,
      `update contract_template set clauses = '[]'`,
      `insert into violation select gen_random_uuid(), region_code, household_id, gen_random_uuid(), 'LENT', 'x', 'OPENED', '2024-01-01' from allotment`,
    ];
    for (const text of forbidden)
      expect([text, await tried(ONGNIUD, text, text.includes('$1') ? [home.dwelling] : [])]).toEqual([text, false]);
  });
});
