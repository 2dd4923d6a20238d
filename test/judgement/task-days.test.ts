import { openCase } from '../../src/commands/open-case';
import { inScope } from '../../src/store/database';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { HONGSHAN, NOW, ONGNIUD, openOffice, type Home, type Office } from '../commands/support/office';
import { ask, ownSubgraph } from '../resolvers/support/ask';

const SHARING = ownSubgraph('sharing');
const LIST = `query ($state: EvidenceTaskState) { evidenceTasks(region: "1504", state: $state) { nodes { caseId state dueOn dueProvisional } } }`;

interface Row {
  readonly id: string;
  readonly persons: string[];
  readonly rules: string[];
  readonly due_on: string | null;
  readonly closed_by: string | null;
}

let office: Office;
let home: Home;
let caseId: string;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
beforeEach(async () => begin(HONGSHAN));

async function begin(county: string): Promise<void> {
  home = await office.home(county);
  const application = { kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT, householdId: home.id };
  caseId = (await openCase(office.as({ office: county }), { ...application, applicantId: home.people[0]!.id })).id;
}

/** A report by this name lacks the vehicles of these people; nobody's where none is named. */
function reported(
  hash: string,
  at: Date,
  people: readonly number[],
  { rules = ['RR-12'], before = async () => {} }: { rules?: string[]; before?: () => Promise<unknown> } = {},
): Promise<unknown> {
  const persons = people.map((one) => home.people[one]!.id).sort();
  const report = {
    ...{ case_id: caseId, region_code: home.regionCode, household_id: home.id, cross_check_id: home.id, hash },
    conclusion: people.length > 0 ? 'PENDING_EVIDENCE' : 'ELIGIBLE',
  };
  const lacking = people.length > 0 ? [{ case_id: caseId, kind: 'SOURCE', about: 'vehicle', persons, rules }] : [];
  const values = [JSON.stringify([report]), JSON.stringify(lacking), at];
  return inScope(office.hub.db.app, [home.regionCode], async (client) => {
    await client.query('select keep_evidence_tasks($1, $2, $3)', values);
    await before(); // it is committed
  });
}
const tasks = () =>
  office.rows<Row>(
    'select id, persons::text[], rules, due_on::text, closed_by from evidence_task where case_id = $1 order by opened_at',
    [caseId],
  );
const listed = async (at: Date, state?: string) => {
  const ctx = office.as({ office: '1504' });
  const { data, errors } = await ask(SHARING, { ...ctx, hub: { ...ctx.hub, now: () => at } }, LIST, { state });
  expect(errors).toBeUndefined();
  const { nodes } = (data as { evidenceTasks: { nodes: { caseId: string; state: string; dueOn: string }[] } })
    .evidenceTasks;
  return nodes.filter((node) => node.caseId === caseId).map(({ state, dueOn }) => `${state} ${dueOn}`);
};
const noon = (day: string) => new Date(`${day}T04:00:00Z`);

describe('the day of a task', () => {
  /* From Sunday, 22 November 2026: three whole working weeks, no holiday among them. */
  it('is the fifteenth working day of its region [evidence.working-days], and overdue on the day after', async () => {
    await reported('one', NOW, [0, 1]);
    expect(await listed(noon('2026-12-11'))).toEqual(['OPEN 2026-12-11']);
    expect(await listed(noon('2026-12-11'), 'OVERDUE')).toEqual([]);
    expect(await listed(noon('2026-12-12'))).toEqual(['OVERDUE 2026-12-11']);
    expect(await listed(noon('2026-12-12'), 'OPEN')).toEqual([]);
    expect(await listed(noon('2026-12-12'), 'OVERDUE')).toEqual(['OVERDUE 2026-12-11']);
    await reported('two', noon('2026-12-13'), []);
    expect(await listed(noon('2026-12-14'))).toEqual(['DONE 2026-12-11']);
  });

  it('is not moved by a later report that lacks the same, or the same of fewer', async () => {
    await reported('one', NOW, [0, 1]);
    await reported('two', noon('2026-11-30'), [0, 1], { rules: ['RR-12', 'RR-30'] });
    expect(await tasks()).toMatchObject([{ due_on: '2026-12-11', closed_by: null, rules: ['RR-12', 'RR-30'] }]);
    await reported('three', noon('2026-12-01'), [1]);
    expect(await tasks()).toMatchObject([
      { due_on: '2026-12-11', closed_by: 'three', persons: [expect.any(String), expect.any(String)] },
      { due_on: '2026-12-11', closed_by: null, persons: [home.people[1]!.id] },
    ]);
  });

  it('follows the nearest region’s number, in force and known on the day it is opened', async () => {
    const dated = `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
      values (gen_random_uuid(), 'evidence.working-days', $1, $2, 'working-day', '测试', 'LOCAL', $3::date, $3::date)`;
    await office.rows(dated, [ONGNIUD, 5, '2026-01-01']);
    await office.rows(dated, [ONGNIUD, 3, '2026-12-01']);
    await begin(ONGNIUD);
    await reported('one', NOW, [0]);
    expect(await tasks()).toMatchObject([{ due_on: '2026-11-27' }]);
  });

  it('is none where no period is in force, and the task is there all the same, at the end of the list', async () => {
    await reported('one', noon('2013-12-31'), [0]); // before the first number
    expect(await listed(noon('2027-12-11'))).toEqual(['OPEN null']);
  });
});

describe('a task', () => {
  it('is opened once by settlers at once: the second waits for the first', async () => {
    await reported('none', NOW, []);
    let second: Promise<unknown> | undefined;
    const waiting = async () => {
      second = reported('two', NOW, [0, 1]);
      const blocked = `select from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()`;
      while ((await office.rows(blocked)).length === 0);
    };
    await reported('one', NOW, [0, 1], { before: waiting });
    await expect(second).resolves.toBeUndefined();
    expect(await tasks()).toHaveLength(1);
  });

  it('once done is never open again, nor moved to another day, by any statement of the app', async () => {
    await reported('one', NOW, [0]);
    await reported('two', NOW, []);
    const asApp = (change: string) =>
      inScope(office.hub.db.app, [HONGSHAN], (client) => client.query(`update evidence_task set ${change}`));
    await expect(asApp('closed_at = null, closed_in = null, closed_by = null')).rejects.toMatchObject({
      constraint: 'evidence_task_stays_done',
    });
    await expect(asApp(`due_on = '2099-01-01'`)).rejects.toMatchObject({ code: '42501' });
  });
});
