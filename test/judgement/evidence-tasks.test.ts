import { checked, requestCheck, completed } from '../support/checks';
import { forgetAnswers, honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { lackingOfLast, openTasks } from './support/lacking';

interface Task {
  readonly id: string;
  readonly kind: string;
  readonly about: string;
  readonly state: string;
  readonly agency: string | null;
  readonly office: string;
  readonly rules: readonly string[];
  readonly dueOn: string | null;
  readonly openedBy: string;
  readonly closedBy: string | null;
  readonly household: { readonly id: string };
  readonly members: readonly { readonly id: string }[];
}
const TASK = 'id kind about state agency office rules dueOn openedBy closedBy household { id } members { id }';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(120);
  files = await honestFiles(running);
});
afterAll(() => running.close());
afterEach(() => running.sandbox.control.set('vehicle', { mode: 'ok' }));

const tasksOf = async (who: Who, household: string): Promise<Task[]> => {
  const text = `query ($id: ID!) { household(id: $id) { evidenceTasks { ${TASK} } } }`;
  const { data } = await running.ask<{ household: { evidenceTasks: Task[] } }>(who, text, {
    variables: { id: household },
  });
  return data.household.evidenceTasks;
};
const page = (who: Who, variables: object) =>
  running.ask<{ evidenceTasks: { nodes: Task[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
    who,
    `query ($region: String!, $state: EvidenceTaskState, $first: Int, $after: String) {
       evidenceTasks(region: $region, state: $state, first: $first, after: $after) { nodes { ${TASK} } pageInfo { endCursor hasNextPage } } }`,
    { variables: { ...variables } },
  );
/** As if its time to be asked again had come. */
const askable = () => running.base.owner.query(`update answer set retry_at = now() where status = 'UNAVAILABLE'`);
const silentCheck = async (file: File, who: Who = officerOf(file)) => {
  await running.sandbox.control.set('vehicle', { mode: 'down' });
  const seen = await checked(running, who, file.householdId);
  await running.sandbox.control.set('vehicle', { mode: 'ok' });
  await askable();
  return seen;
};

describe('what a report lacks', () => {
  it('is one task per source: which office asks whom about which members, for which rules, by when', async () => {
    const file = files[0]!;
    const { report } = await silentCheck(file);
    expect(report.conclusion).toBe('PENDING_EVIDENCE');
    const [task, ...more] = await tasksOf(officerOf(file), file.householdId);
    expect(more).toEqual([]);
    expect(task).toMatchObject({
      ...{ kind: 'SOURCE', about: 'vehicle', state: 'OPEN', rules: ['RR-12'], openedBy: report.hash, closedBy: null },
      ...{ agency: expect.stringMatching(/车|公安/), office: expect.stringMatching(/住房保障部门$/) },
      ...{ dueOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), household: { id: file.householdId } },
    });
    expect(task!.members.map(({ id }) => id).sort()).toEqual(file.members.map(({ id }) => id).sort());
  });

  it('is still the same task when the household is judged again, and done with the report that lacks it no more', async () => {
    const file = files[1]!;
    await silentCheck(file);
    const [first] = await tasksOf(officerOf(file), file.householdId);
    await silentCheck(file);
    expect(await tasksOf(officerOf(file), file.householdId)).toMatchObject([{ id: first!.id, state: 'OPEN' }]);
    const { report } = await checked(running, officerOf(file), file.householdId);
    expect(await tasksOf(officerOf(file), file.householdId)).toMatchObject([
      { id: first!.id, state: 'DONE', closedBy: report.hash },
    ]);
    await silentCheckAfterForgetting(file);
    const states = (await tasksOf(officerOf(file), file.householdId)).map(({ id, state }) => [id === first!.id, state]);
    expect(states).toEqual([
      [false, 'OPEN'],
      [true, 'DONE'],
    ]);
  });

  const silentCheckAfterForgetting = async (file: File) => {
    await forgetAnswers(running);
    return silentCheck(file);
  };

  it('is a letter of all members where there is none', async () => {
    const file = files[2]!;
    await running.base.owner.query(
      `update letter set ended_on = current_date, end_reason = 'WITHDRAWN' where household_id = $1`,
      [file.householdId],
    );
    await checked(running, officerOf(file), file.householdId);
    const tasks = await tasksOf(officerOf(file), file.householdId);
    const letter = tasks.find(({ kind }) => kind === 'LETTER');
    expect(letter).toMatchObject({ about: 'ADMISSION_REVIEW', agency: '申请家庭', state: 'OPEN' });
    expect(letter!.members).toHaveLength(file.members.length);
    expect(tasks.filter(({ kind }) => kind === 'SOURCE')).toEqual([]);
  });

  it('stands beside the report of a cross-check', async () => {
    const file = files[3]!;
    const { id } = await silentCheck(file);
    const text = `query ($id: ID!) { crossCheck(id: $id) { households { nodes { report { hash } household { evidenceTasks { about openedBy } } } } } }`;
    const { data } = await running.ask<{
      crossCheck: {
        households: { nodes: { report: { hash: string }; household: { evidenceTasks: object[] } }[] };
      };
    }>(officerOf(file), text, { variables: { id } });
    const { report, household } = data.crossCheck.households.nodes[0]!;
    expect(household.evidenceTasks).toEqual([{ about: 'vehicle', openedBy: report.hash }]);
  });

  it('of many households is, case by case, what the signed texts say, whoever asked and however often', async () => {
    await forgetAnswers(running);
    const { rows } = await running.base.owner.query<{ id: string; region: string }>(
      `select h.id, left(h.region_code, 2) as region from household h join housing_case c on c.household_id = h.id and c.closed_on is null
       where h.closed_on is null group by h.id, h.region_code order by h.id`,
    );
    for (const mode of ['down', 'ok'] as const) {
      await running.sandbox.control.set('vehicle', { mode });
      await askable();
      for (const region of ['15', '45']) {
        const who: Who = { role: 'REGION_HOUSING', region, sub: 'region' };
        const households = rows.filter((row) => row.region === region).map(({ id }) => id);
        const { data } = await requestCheck(running, who, households);
        await completed(running, who, data.requestCrossCheck.id);
      }
      const open = await openTasks(running.base.owner);
      expect(open).toEqual(await lackingOfLast(running.base.owner));
      expect(open.filter((task) => task.includes('SOURCE vehicle')).length > 0).toBe(mode === 'down');
    }
  });

  it('ends with its case', async () => {
    const file = files[4]!;
    await silentCheckAfterForgetting(file);
    const close = 'mutation ($id: ID!) { closeCase(caseId: $id) { id } }';
    const { errors } = await running.ask(officerOf(file), close, { variables: { id: file.caseId } });
    expect(errors).toEqual([]);
    const tasks = await tasksOf(officerOf(file), file.householdId);
    expect(tasks.map(({ state }) => state)).not.toContain('OPEN');
    expect(tasks.filter(({ closedBy }) => closedBy === null)).toHaveLength(1);
  });
});

describe('the list of tasks', () => {
  it('runs page by page through a region by the day they are due, each once, and through no other region', async () => {
    await forgetAnswers(running);
    for (const file of files.filter(({ region }) => region.startsWith('15')).slice(-5)) await silentCheck(file);
    const { rows } = await running.base.owner.query<{ id: string }>(
      `select id from evidence_task where region_code like '15%' and closed_at is null order by due_on, id`,
    );
    const seen: string[] = [];
    const who: Who = { role: 'REGION_HOUSING', region: '15', sub: 'region' };
    for (let after: string | undefined, more = true; more; ) {
      const { data } = await page(who, { region: '15', state: 'OPEN', first: 2, after });
      seen.push(...data.evidenceTasks.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = data.evidenceTasks.pageInfo);
    }
    expect(seen).toEqual(rows.map(({ id }) => id));
    expect(seen.length).toBeGreaterThan(3);
    const strange = await page({ role: 'COUNTY_HOUSING', region: '451222', sub: 'far' }, { region: '15', first: 9 });
    expect(strange.data.evidenceTasks.nodes).toEqual([]);
    const { data } = await page(who, { region: '15', state: 'OVERDUE' });
    expect(data.evidenceTasks.nodes).toEqual([]);
  });

  it('takes its own cursor only, and knows its regions', async () => {
    const who: Who = { role: 'REGION_HOUSING', region: '15', sub: 'region' };
    const { data } = await page(who, { region: '15', state: 'OPEN', first: 1 });
    const after = data.evidenceTasks.pageInfo.endCursor;
    const other = await page(who, { region: '15', state: 'DONE', after });
    expect(other.errors[0]!.extensions).toMatchObject({ code: 'INVALID_CURSOR', field: 'after' });
    const nowhere = await page(who, { region: '99' });
    expect(nowhere.errors[0]!.extensions).toMatchObject({ code: 'UNKNOWN_REGION', field: 'region' });
  });

  it('shows nobody’s members without a line in the log of looks', async () => {
    const file = files[0]!;
    await tasksOf({ ...officerOf(file), sub: 'onlooker' }, file.householdId);
    const { rows } = await running.base.owner.query<{ persons: string }>(
      `select count(distinct person_id) as persons from read_entry where subject = 'onlooker' and fields = '{evidenceTask}'`,
    );
    expect(Number(rows[0]!.persons)).toBe(file.members.length);
  });
});
