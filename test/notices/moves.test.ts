import fc from 'fast-check';
import { noticeMoves } from '../../schema/notice/moves';
import { openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { bySql } from '../waiting/queue-of';
import { approvalTold, stepBySql } from './told-in';

seedProperties();

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/* Read off the task: due, sent, read, or failed, on paper, delivered. Five attempts are the default of both regions. */
const AFTER: Readonly<Record<string, readonly [from: readonly string[], to: string]>> = {
  ATTEMPT: [['DUE'], 'DUE'],
  FAILURE: [[], ''],
  SENDING: [['DUE'], 'SENT'],
  PAPER_TASK: [['FAILED'], ''],
  READING: [['SENT'], 'READ'],
  PAPER_DELIVERY: [['DUE', 'SENT', 'PAPER_TASK'], 'PAPER_DELIVERED'],
};
const ATTEMPTS = 5;
const HUBS = ['ATTEMPT', 'FAILURE', 'SENDING', 'PAPER_TASK'];
const OFFICES = ['COMMUNITY_WORKER', 'STREET_OFFICER', 'COUNTY_HOUSING', 'CITY_HOUSING'];
const lawful = (kind: string, role: string): boolean =>
  HUBS.includes(kind) ? role === 'HUB' : OFFICES.includes(role) || (kind === 'READING' && role === 'APPLICANT_SELF');

const tries = fc.array(
  fc.record({
    kind: fc.oneof(
      { arbitrary: fc.constant('ATTEMPT'), weight: 5 },
      { arbitrary: fc.constantFrom(...Object.keys(AFTER)), weight: 3 },
    ),
    wrongRole: fc.oneof({ arbitrary: fc.constant(false), weight: 6 }, { arbitrary: fc.constant(true), weight: 1 }),
    role: fc.constantFrom('HUB', 'APPLICANT_SELF', 'REGION_HOUSING', ...OFFICES),
    stale: fc.oneof({ arbitrary: fc.constant(false), weight: 12 }, { arbitrary: fc.constant(true), weight: 1 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('a notice', () => {
  it('has the same table of steps in the code and in the database', async () => {
    const kept = await office.rows<{ row: string }>(
      `select concat_ws(' ', from_state, kind, to_state, role) as row from notice_move`,
    );
    const listed = noticeMoves().map(({ from, kind, to, role }) => [from, kind, to, role].join(' '));
    expect(kept.map(({ row }) => row).sort()).toEqual(listed.sort());
  });

  it('is moved by plain SQL along that table alone, by whose it is, on the version that stands; the fifth failure puts it on paper in the same statement', async () => {
    const taken: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(tries, async (sequence) => {
        const { home, region, notice, now } = await approvalTold(office);
        const on = { region, household: home.id, notice: notice.id };
        let model = { state: 'DUE', version: 0, attempts: 0 };
        let at = Date.parse('2026-02-01T04:00:00Z');
        for (const { kind, role: any, wrongRole, stale } of sequence) {
          at += 3_600_000;
          const role = wrongRole ? any : HUBS.includes(kind) ? 'HUB' : 'STREET_OFFICER';
          const last = ['ATTEMPT', 'FAILURE'].includes(kind) && model.attempts + 1 === ATTEMPTS;
          const [from, to] = last ? AFTER['ATTEMPT']! : AFTER[kind]!;
          const may = from.includes(model.state) && to !== '' && lawful(kind, role) && !stale;
          const version = stale ? model.version + 1 : model.version;
          const done = await stepBySql(office, on, { version, kind, at: new Date(at), role });
          expect([kind, role, model, done]).toEqual([kind, role, model, may]);
          if (!may) continue;
          model = last
            ? { state: 'PAPER_TASK', version: model.version + 2, attempts: ATTEMPTS }
            : { state: to, version: model.version + 1, attempts: model.attempts + Number(kind === 'ATTEMPT') };
          taken[last ? 'FAILURE' : kind] = (taken[last ? 'FAILURE' : kind] ?? 0) + 1;
          const stands = await now();
          expect(stands).toMatchObject({ ...model, paper: last || stands.paper ? '2026-02-06' : null });
        }
      }),
      { numRuns: 60 },
    );
    process.stderr.write(`steps taken: ${JSON.stringify(taken)}\n`);
  });

  it.each([
    [
      'made by hand',
      `insert into notice select (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'kind', 'REFUSED'))).* from notice n`,
    ],
    ['changed', `update notice set state = 'READ'`],
    ['put off', `update notice set due_on = due_on + 30`],
    ['taken away', 'delete from notice'],
    ['said otherwise of', `update notice_step set kind = 'READING'`],
    [
      'told of by hand',
      `select tell_of('APPROVED', region_code, household_id, person_id, id, result_on, now(), '{}') from notice`,
    ],
  ])('is never %s by the hub’s own role', async (_, text) => {
    const { region } = await approvalTold(office);
    await expect(bySql(office.base, region, text)).rejects.toMatchObject({ code: '42501' });
  });
});
