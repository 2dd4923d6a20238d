import { createHash } from 'node:crypto';
import { parse, subscribe, graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { subgraphs } from '../../resolvers';
import type { ReportBody } from '../../schema/sharing/report-body';
import type { RequestContext } from '../../src/context';
import { makeSubgraph } from '../../src/server/subgraph';
import { SOURCES } from '../support/files';
import { honestHouseholds, openStage, type Stage } from './stage';
import { limits } from '../support/partners';

const PROGRESS = parse('subscription ($id: ID!) { crossCheckProgress(id: $id) { id state total done finishedAt } }');

const REPORTS = `query ($id: ID!, $first: Int, $after: String) {
  crossCheck(id: $id) { state purpose asOf total done requestedAt finishedAt
    households(first: $first, after: $after) { pageInfo { hasNextPage endCursor } nodes { household { id } state report {
      version final hash signature canonical conclusion
      findings { rule title outcome citation observed threshold unit sentence evidence { id source status asOf } missing { source personId status reason askAgainAt letter }
        parameters { code value unit documentNumber mark regionCode programme validFrom knownFrom } }
      sources { source asked answered states members { personId answerId status asOf dueAt retryAt reason } } } } } } }`;

type Event = {
  crossCheckProgress: { id: string; state: string; total: number; done: number; finishedAt: string | null };
};

describe('a cross-check in the graph', () => {
  let stage: Stage;
  let schema: GraphQLSchema;
  let households: string[];

  beforeAll(async () => {
    stage = await openStage(300);
    const parts = subgraphs.find(({ name }) => name === 'sharing')!;
    schema = makeSubgraph(parts, { now: stage.hub.now, maskOf: () => 'STRICT_6_1' }).schema;
    households = await honestHouseholds(stage, '15');
  });
  afterAll(() => stage.close());

  const follow = async (ctx: RequestContext, id: string) =>
    (await subscribe({ schema, document: PROGRESS, contextValue: ctx, variableValues: { id } })) as
      | AsyncGenerator<ExecutionResult<Event>>
      | ExecutionResult;
  const read = (ctx: RequestContext, id: string, page: object = {}) =>
    graphql({ schema, source: REPORTS, contextValue: ctx, variableValues: { id, ...page } });
  const codes = ({ errors }: ExecutionResult) => errors?.map(({ extensions }) => extensions.code);

  async function finished(ids: readonly string[]): Promise<string> {
    const worker = await stage.work();
    const id = await stage.request(stage.as('15'), { households: ids });
    await stage.completed(id);
    await worker.stop();
    return id;
  }

  it('tells its state first, every step after, and ends when it is completed', async () => {
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 1500 });
    const id = await stage.request(stage.as('15'), { households: households.slice(0, 3) });
    const events = await follow(stage.as('15'), id);
    if (!('next' in events)) throw new Error(JSON.stringify(events));
    const first = await events.next();
    expect(first.value.data.crossCheckProgress).toEqual({
      id,
      state: 'REQUESTED',
      total: 3,
      done: 0,
      finishedAt: null,
    });
    await stage.work();
    const rest: Event['crossCheckProgress'][] = [];
    for await (const { data } of events) rest.push(data!.crossCheckProgress);
    await stage.sandbox.control.set('civil-affairs', { readyAfterMs: 150 });
    expect(rest.map(({ state, done }) => [state, done])).toEqual([
      ['RUNNING', 0],
      ['AWAITING', 0],
      ['COMPLETED', 3],
    ]);
    expect(rest.at(-1)!.finishedAt).toEqual(expect.anything());
  });

  it('lets a follower go who leaves while nothing happens', async () => {
    const id = await stage.request(stage.as('15', { subject: 'idle' }), {
      households: households.slice(0, 1),
      purpose: 'ANNUAL_REVIEW',
    });
    await stage.completed(id);
    await stage.base.owner.query(`update cross_check set state = 'RUNNING' where id = $1`, [id]);
    const events = await follow(stage.as('15'), id);
    if (!('next' in events)) throw new Error(JSON.stringify(events));
    await events.next();
    const waiting = events.next();
    await events.return(undefined);
    await expect(waiting).resolves.toMatchObject({ done: true });
  });

  it('does not exist for a caller in another region, nor for a partner who did not ask for it', async () => {
    const id = await finished(households.slice(0, 1));
    const partner = stage.as('15', {
      role: 'PARTNER_SYSTEM',
      subject: 'partner:x',
      partner: limits(['ADMISSION_REVIEW'], []),
    });
    for (const stranger of [stage.as('45'), partner]) {
      expect(codes((await follow(stranger, id)) as ExecutionResult)).toEqual(['NOT_FOUND']);
      expect(codes(await read(stranger, id))).toEqual(['NOT_FOUND']);
    }
  });

  it('pages its households and shows each report as it was signed', async () => {
    const id = await finished(households.slice(0, 5));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await read(stage.as('15'), id, { first: 2, after });
      expect(errors).toBeUndefined();
      const { nodes, pageInfo } = (
        data as { crossCheck: { households: { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } }
      ).crossCheck.households;
      for (const { household, report } of nodes) {
        seen.push(household.id);
        const body = JSON.parse(report.canonical);
        expect(report.findings.map(({ rule, outcome }) => [rule, outcome])).toEqual(
          body.findings.map((one: Found) => [one.rule, one.outcome]),
        );
        expect(report.findings.flatMap(({ evidence }) => evidence.map((one) => one.id))).toEqual(
          body.findings.flatMap((one: { evidence: string[] }) => one.evidence),
        );
        expect(report.sources).toHaveLength(SOURCES.length);
      }
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    expect(seen).toEqual(households.slice(0, 5));
  });

  const numbersOf = ({ findings }: Node['report'], rule: string) =>
    findings.find((finding) => finding.rule === rule)!.parameters;
  const reportsOf = async (id: string): Promise<Node['report'][]> => {
    const { data, errors } = await read(stage.as('15'), id);
    expect(errors).toBeUndefined();
    const { nodes } = (data as { crossCheck: { households: { nodes: Node[] } } }).crossCheck.households;
    return nodes.map(({ report }) => report);
  };

  it('shows with a finding the numbers it was judged by, each with its document, its mark and who set it', async () => {
    const [report] = await reportsOf(await finished(households.slice(8, 9)));
    expect(numbersOf(report!, 'RR-01')).toEqual([
      {
        ...{ code: 'adult-age.years', value: 18, unit: 'year', documentNumber: '民法典第十七条', mark: 'NATIONAL' },
        ...{ regionCode: '15', programme: null, validFrom: '2014-01-01', knownFrom: '2014-01-01T00:00:00.000Z' },
      },
    ]);
    expect(numbersOf(report!, 'RR-02')).toEqual([]);
  });

  it('shows a report of the format before as it was signed then, and no numbers that it did not name', async () => {
    const id = await finished(households.slice(9, 10));
    const body = JSON.parse((await reportsOf(id))[0]!.canonical) as ReportBody;
    const findings = body.findings.map(({ parameters: _, ...finding }) => finding);
    const old = stage.hub.signer.sign({ ...body, schema: 'anju/cross-check-report/1', findings });
    expect(old.canonical).not.toContain('documentNumber');
    await stage.base.owner.query('update report set body = $2, hash = $3, signature = $4 where cross_check_id = $1', [
      id,
      old.canonical,
      old.hash,
      old.signature,
    ]);
    const [shown] = await reportsOf(id);
    expect(shown).toMatchObject({ canonical: old.canonical, hash: old.hash, signature: old.signature });
    expect(createHash('sha256').update(shown!.canonical).digest('hex')).toBe(shown!.hash);
    expect(stage.hub.signer.verify(shown!.canonical, shown!.signature)).toBe(true);
    expect(shown!.findings.map(({ parameters }) => parameters)).toEqual(findings.map(() => null));
  });

  it('writes down, for each member, that the report was looked at', async () => {
    const id = await finished(households.slice(6, 7));
    const reader = stage.as('15', { subject: 'officer:reader' });
    await read(reader, id);
    const { rows } = await stage.base.owner.query<{ person_id: string; source: string; n: number }>(
      `select person_id, source, count(*)::int as n from read_entry where subject = 'officer:reader' group by 1, 2 order by 1`,
    );
    const members = await stage.base.owner.query<{ person_id: string }>(
      'select distinct person_id from household_member where household_id = $1 and to_date is null order by 1',
      [households[6]],
    );
    expect(rows).toEqual(members.rows.map(({ person_id }) => ({ person_id, source: 'report', n: 1 })));
  });

  it('shows no report to a role that may never see assets', async () => {
    const id = await finished(households.slice(7, 8));
    const { data } = await read(stage.as('15', { role: 'STREET_OFFICER' }), id);
    expect((data as { crossCheck: { households: { nodes: unknown[] } } }).crossCheck.households.nodes).toEqual([
      { household: { id: households[7] }, state: 'DONE', report: null },
    ]);
  });
});

interface Found {
  readonly rule: string;
  readonly outcome: string;
}

interface Node {
  readonly household: { readonly id: string };
  readonly report: {
    readonly canonical: string;
    readonly hash: string;
    readonly signature: string;
    readonly findings: (Found & { evidence: { id: string }[]; parameters: unknown[] | null })[];
    readonly sources: unknown[];
  };
}
