import type { ReportBody } from '../../schema/sharing/report-body';
import { days } from '../../src/exchange/time';
import { collectDeferred } from '../../src/jobs/collect-deferred';
import { handOver } from '../../src/jobs/hand-over';
import { remindAnswers } from '../../src/jobs/remind-answers';
import { runCrossCheck } from '../../src/jobs/run-cross-check';
import { ask, ownSubgraph } from '../resolvers/support/ask';
import { lackingOfLast, openTasks } from '../judgement/support/lacking';
import { honestHouseholds, openHub, openStage, UNHURRIED, type Stage } from './stage';

const NEVER = new AbortController().signal;
const SHARING = ownSubgraph('sharing');
const OVERDUE = `query ($region: String!, $first: Int, $after: String) { overdueAnswers(region: $region, first: $first, after: $after) {
  nodes { source agency household { id } askedAt dueAt dueProvisional daysOverdue remindedAt } pageInfo { endCursor hasNextPage } } }`;

interface Overdue {
  readonly nodes: readonly Record<string, unknown>[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

/** Sunday. Ten working days later is Friday, 4 December. */
const START = new Date('2026-11-22T02:00:00Z');

describe('an answer that takes days [条例 art. 21]', () => {
  let stage: Stage;
  let now = START;
  let hub: Awaited<ReturnType<typeof openHub>>;
  let households: string[];
  let id: string;

  beforeAll(async () => {
    stage = await openStage(120, { ...UNHURRIED, retries: 0 }, () => now);
    households = (await honestHouseholds(stage, '15')).slice(0, 3);
    hub = await openHub(stage.parts, { ...UNHURRIED, retries: 0 }, () => now);
    await stage.sandbox.control.set('police', { readyAfterMs: 0 });
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: days(16) });
    id = await stage.request(stage.as('15'), { households });
    await runCrossCheck.run({ crossCheckId: id }, hub, NEVER);
    await handOver.run({ crossCheckId: id }, hub, NEVER);
  });
  afterAll(async () => {
    await hub.close();
    await stage.close();
  });

  afterEach(async () => expect(await openTasks(stage.base.owner)).toEqual(await lackingOfLast(stage.base.owner)));

  /** The process that waited is gone; another goes on, at that instant. */
  async function nextProcess(at: string): Promise<void> {
    await hub.close();
    now = new Date(at);
    hub = await openHub(stage.parts, { ...UNHURRIED, retries: 0 }, () => now);
  }
  const rows = async <Row>(text: string, values: unknown[] = []) =>
    (await stage.base.owner.query(text, values)).rows as Row[];
  /** From when everybody was asked. */
  const reports = () =>
    rows<{ version: number; final: boolean; body: string }>(
      'select version, final, body from report where cross_check_id = $1 and household_id = $2 and version > 1 order by version',
      [id, households[0]],
    );
  const civil = ({ body }: { body: string }) => {
    const { sources, conclusion } = JSON.parse(body) as ReportBody;
    const { status, reason, dueAt } = sources.find(({ source }) => source === 'civil-affairs')!.members[0]!;
    return { conclusion, status, reason, dueAt };
  };
  const collect = async () => {
    for (const { query_id } of await rows<{ query_id: string }>('select query_id from deferred_query'))
      await collectDeferred.run({ queryId: query_id }, hub, NEVER);
  };
  const overdue = async (variables: object = {}, viewer: Parameters<Stage['as']>[1] = {}, region = '15') => {
    const ctx = { ...stage.as('15', viewer), hub };
    const { data, errors } = await ask(SHARING, ctx, OVERDUE, { region, ...variables });
    expect(errors).toBeUndefined();
    return (data as { overdueAnswers: Overdue }).overdueAnswers;
  };
  const state = async () =>
    (await rows<{ state: string; done: number }>('select state, done from cross_check where id = $1', [id]))[0];

  it('is PENDING until the end of the tenth working day of its region', async () => {
    const [interim] = await reports();
    expect(interim!.final).toBe(false);
    expect(civil(interim!)).toEqual({
      ...{ conclusion: 'PENDING_EVIDENCE', status: 'PENDING', reason: null },
      dueAt: '2026-12-04T15:59:59.999Z',
    });
    expect(await state()).toEqual({ state: 'AWAITING', done: 0 });
  });

  it('is waited for by whatever process comes next, and nobody is listed meanwhile', async () => {
    await nextProcess('2026-11-26T02:00:00Z');
    await collect();
    expect(await reports()).toHaveLength(1);
    expect((await overdue()).nodes).toEqual([]);
  });

  it('is reminded of once, two working days before [answer-reminder.working-days]', async () => {
    const reminded = () => rows<{ at: Date | null }>('select reminded_at as at from deferred_query');
    for (const at of ['2026-12-01T00:30:00Z', '2026-12-02T00:30:00Z', '2026-12-03T00:30:00Z']) {
      await nextProcess(at);
      await remindAnswers.run(null, hub, NEVER);
    }
    expect(await reminded()).toEqual([{ at: new Date('2026-12-02T00:30:00Z') }]);
  });

  it('is overdue after it: the report is final, says so, and the list names who must be asked again', async () => {
    await nextProcess('2026-12-07T02:00:00Z');
    await collect();
    const [, late, ...more] = await reports();
    expect(more).toEqual([]);
    expect(late).toMatchObject({ version: 3, final: true });
    expect(civil(late!)).toMatchObject({ conclusion: 'PENDING_EVIDENCE', status: 'UNAVAILABLE', reason: 'OVERDUE' });
    expect(await state()).toEqual({ state: 'COMPLETED', done: 3 });
    const { nodes } = await overdue();
    expect(nodes.map(({ household }) => (household as { id: string }).id).sort()).toEqual([...households].sort());
    expect(nodes[0]).toMatchObject({
      ...{ source: 'civil-affairs', agency: '民政部门', dueProvisional: false, daysOverdue: 3 },
      dueAt: '2026-12-04T15:59:59.999Z',
      askedAt: START.toISOString(),
      remindedAt: '2026-12-02T00:30:00.000Z',
    });
  });

  it('is listed page by page, for one’s own region only', async () => {
    const first = await overdue({ first: 2 });
    const rest = await overdue({ first: 2, after: first.pageInfo.endCursor });
    expect([first.nodes.length, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([2, 1, false]);
    expect((await overdue({}, { office: '45', regions: ['451222'] })).nodes).toEqual([]);
    expect((await overdue({}, {}, '45')).nodes).toEqual([]);
  });

  it('comes in at last: every household that was reported without it is judged again, once', async () => {
    await nextProcess('2026-12-08T03:00:00Z');
    await collect();
    await nextProcess('2026-12-09T03:00:00Z');
    await collect();
    const [, , last, ...more] = await reports();
    expect(more).toEqual([]);
    expect(last).toMatchObject({ version: 4, final: true });
    expect(civil(last!)).toMatchObject({ conclusion: 'ELIGIBLE', status: 'FOUND', reason: null });
    expect((await overdue()).nodes).toEqual([]);
    expect(await state()).toEqual({ state: 'COMPLETED', done: 3 });
  });
});
