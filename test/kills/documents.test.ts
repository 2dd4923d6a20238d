import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { sweepFiles } from '../../src/jobs/sweep-files';
import { folderStore } from '../../src/store/files/folder';
import { openStage, type Stage } from '../cross-check/stage';
import { pdf } from '../documents/support/bytes';
import { until } from '../documents/support/office';
import { buildHub } from '../support/program';
import { programsOf, type Programs, type Served } from './support/programs';

const DAY_MS = 86_400_000;
const OPEN = `
  select c.id as "caseId", c.region_code as region from housing_case c join region r on r.code = c.region_code
  where c.kind = 'APPLICATION' and c.closed_on is null and r.division_kind in ('BANNER', 'COUNTY', 'COUNTY_CITY') limit 1`;
const WAITING = `select from pg_locks where relation = 'application_document'::regclass and not granted`;

describe('a hub that is killed while a file is handed in', () => {
  let stage: Stage;
  let programs: Programs;
  let token: string;
  let application: string;
  beforeAll(async () => {
    buildHub();
    stage = await openStage(60);
    programs = await programsOf(stage);
    const { caseId, region } = (await stage.base.owner.query<{ caseId: string; region: string }>(OPEN)).rows[0]!;
    token = await programs.issuer.mint({ role: 'COMMUNITY_WORKER', region, subject: 'clerk' });
    application = await begin(await programs.serve(), caseId);
  });
  afterAll(async () => {
    await programs.close();
    await stage.close();
  });

  const content = pdf('x'.repeat(300_000));
  const path = () => `/files?application=${application}&kind=INCOME&name=x`;
  const handIn = ({ url }: Served) =>
    fetch(url + path(), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new Uint8Array(content),
    });
  async function begin({ url, program }: Served, caseId: string): Promise<string> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const query = 'mutation ($id: ID!) { startApplication(caseId: $id) { id } }';
    const body = JSON.stringify({ query, variables: { id: caseId } });
    const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
    const { data } = (await answer.json()) as { data: { startApplication: { id: string } } };
    await program.end('SIGKILL');
    return data.startApplication.id;
  }
  const root = () => join(stage.parts.env.DATA_DIR!, 'files');
  const names = (): string[] =>
    existsSync(root()) ? readdirSync(root()).flatMap((folder) => readdirSync(join(root(), folder))) : [];
  const documents = async () => (await stage.base.owner.query('select from application_document')).rowCount;
  const sweep = () => {
    const later = { now: () => new Date(Date.now() + 2 * DAY_MS), files: folderStore(root()) };
    return sweepFiles.run({}, { ...stage.hub, ...later }, new AbortController().signal);
  };

  it('between the file and its record, or in the middle of it, has told nobody of it; the file is swept away, and handed in again it is taken', async () => {
    const between = await programs.serve();
    const holder = new Client({ connectionString: stage.base.ownerUrl });
    await holder.connect();
    await holder.query('begin; lock table application_document in share row exclusive mode');
    const handing = handIn(between).catch(() => 'told nothing');
    await until(async () => (await holder.query(WAITING)).rowCount === 1);
    await between.program.end('SIGKILL');
    expect(await handing).toBe('told nothing');
    await holder.query('rollback');
    await until(async () => (await holder.query(WAITING)).rowCount === 0);
    await holder.end();
    expect(names()).toEqual([expect.stringMatching(/^[\da-f-]{36}$/)]);

    const amid = await programs.serve();
    const { hostname, port } = new URL(amid.url);
    const lines = [
      `POST ${path()} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${token}`,
      `content-length: ${content.length}`,
    ];
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    socket.write(content.subarray(0, 200_000));
    await until(() => names().some((name) => name.endsWith('.part')));
    await amid.program.end('SIGKILL');
    expect(names()).toHaveLength(2);
    expect(await documents()).toBe(0);

    const after = await programs.serve();
    expect((await handIn(after)).status).toBe(201);
    await sweep();
    expect([await documents(), names().length]).toEqual([1, 1]);
  });
});
