import { principalOf } from '../../src/access/viewer';
import { openStage, type Stage } from '../cross-check/stage';
import { progressOf } from '../support/checks';
import { buildHub } from '../support/program';
import { programsOf, type Programs, type Served } from './support/programs';

const LIVE = `
  select l.household_id as id, l.case_id as "caseId", l.id as "letterId", l.region_code as region
  from letter l join housing_case c on c.id = l.case_id
  where l.state = 'ACTIVE' and c.closed_on is null and l.purpose = 'ADMISSION_REVIEW' and cardinality(l.sources) = 5 and l.region_code like '15%' limit 1`;
const QUERY =
  'query ($id: ID!) { household(id: $id) { members { person { property { status } vehicle { status } } } } }';

interface Live {
  readonly id: string;
  readonly caseId: string;
  readonly letterId: string;
  readonly region: string;
}

describe('a hub that is told to stop', () => {
  let stage: Stage;
  let programs: Programs;
  let live: Live;
  beforeAll(async () => {
    buildHub();
    stage = await openStage(60);
    programs = await programsOf(stage);
    live = (await stage.base.owner.query<Live>(LIVE)).rows[0]!;
  });
  beforeEach(async () => {
    await stage.base.owner.query('truncate answer, deferred_query');
    stage.sandbox.control.resetCounts();
  });
  afterEach(() => stage.sandbox.control.set('vehicle', { mode: 'ok', delayMs: 0 }));
  afterAll(async () => {
    await programs.close();
    await stage.close();
  });

  async function lookUp({ url }: Served, query = QUERY): Promise<Response> {
    const { caseId, letterId, region, id } = live;
    const subject = 'stopper';
    return fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await programs.issuer.mint({ role: 'COUNTY_HOUSING', region, subject })}`,
        'x-purpose': stage.hub.purposeTokens.issue({
          ...{ caseId, letterId },
          principal: principalOf({ role: 'COUNTY_HOUSING', issuer: programs.issuer.url, subject }),
        }),
      },
      body: JSON.stringify({ query, variables: { id } }),
    });
  }
  /** All agencies are asked in one moment: where one has counted, the question is on its way to the others. */
  async function asked(): Promise<void> {
    while (stage.sandbox.control.state('property').counts.calls === 0) await new Promise(setImmediate);
  }

  it('answers what is under way, ends its streams, leaves with 0, and takes nothing new', async () => {
    await stage.sandbox.control.set('vehicle', { delayMs: 1500 });
    const served = await programs.serve();
    const id = await stage.request(stage.as('15'), { households: [live.id] }); // and nobody works on it
    const who = { role: 'COUNTY_HOUSING', region: '15', sub: 'officer:15' } as const;
    const issuer = { mint: () => programs.issuer.mint({ role: who.role, region: who.region, subject: who.sub }) };
    const stream = progressOf({ url: served.url, said: [], issuer: issuer as never }, who, id);
    expect((await stream.next()).value).toMatchObject({ state: 'REQUESTED' });
    const answer = lookUp(served);
    await asked();
    const ended = served.program.end('SIGTERM');
    const [response, last] = [await answer, await stream.next()];
    expect(response.status).toBe(200);
    const { data, errors } = (await response.json()) as {
      data: { household: { members: { person: { vehicle: { status: string } } }[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    expect(data.household.members.map(({ person }) => person.vehicle.status)).toEqual(
      data.household.members.map(() => expect.stringMatching(/^(FOUND|NOT_FOUND)$/)),
    );
    expect(last.done).toBe(true);
    expect([await ended, served.program.said()]).toEqual([0, expect.not.stringContaining('did not stop')]);
    await expect(lookUp(served)).rejects.toThrow();
    await stage.base.owner.query('delete from graphile_worker._private_jobs');
  });

  it('refuses in words of the catalogue what an agency keeps too long, within its limit, and keeps no half of it', async () => {
    await stage.sandbox.control.set('vehicle', { mode: 'black-hole' });
    const served = await programs.serve();
    const answer = lookUp(served);
    await asked();
    const ended = served.program.end('SIGTERM');
    const response = await answer;
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      503,
      '5',
      { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_READY' }) })] },
    ]);
    expect([await ended, served.program.said()]).toEqual([0, expect.not.stringContaining('did not stop')]);
    const { rows } = await stage.base.owner.query<{ status: string; n: number; people: number }>(
      `select status, count(*)::int as n, count(distinct person_id)::int as people from answer where source = 'vehicle' group by 1`,
    );
    expect(rows.map(({ status, n, people }) => [status, n === people])).toEqual(rows.map(() => ['UNAVAILABLE', true]));
  });

  it('leaves the job under way to the next, which does it once', async () => {
    await stage.sandbox.control.set('vehicle', { mode: 'black-hole' });
    const id = await stage.request(stage.as('15'), { households: [live.id] });
    const first = programs.work();
    await asked();
    expect([await first.end('SIGTERM'), first.said()]).toEqual([0, expect.not.stringContaining('did not stop')]);
    await stage.sandbox.control.set('vehicle', { mode: 'ok' });
    const second = programs.work();
    await stage.completed(id);
    const { rows } = await stage.base.owner.query<{ finals: number }>(
      'select count(*) filter (where final)::int as finals from report where cross_check_id = $1',
      [id],
    );
    expect(rows[0]).toEqual({ finals: 1 });
    expect(stage.sandbox.control.state('property').counts.calls).toBe(1);
    expect(await second.end('SIGTERM')).toBe(0);
  });
});
