import { join } from 'node:path';
import { sandboxUrl } from '../../src/cli/server';
import { testCluster } from '../support/cluster';
import { emptyDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { buildHub, runHub, type Program } from '../support/program';

const dataDir = join(testFolder(), '.data');
let given: Pick<TestDatabase, 'ownerUrl' | 'owner' | 'close'>;
const running: Program[] = [];

beforeAll(async () => {
  buildHub();
  given = await emptyDatabase();
});
afterAll(async () => {
  for (const program of running.reverse()) await program.end('SIGTERM');
  await given.owner.query(
    `drop database if exists ${new URL(sandboxUrl(given.ownerUrl)).pathname.slice(1)} with (force)`,
  );
  await given.close();
});

/** Logins belong to the whole server: their passwords must stay those of the other tests. */
const settings = () => ({
  DATA_DIR: dataDir,
  DATABASE_URL: given.ownerUrl,
  HUB_ROLE_KEY: testCluster().roleKey,
  PORT: '0',
  DEMO_HOUSEHOLDS: '5',
});

const run = (command: string): Program => {
  const program = runHub([command], settings());
  running.push(program);
  return program;
};

describe('on a database of one’s own (DATABASE_URL)', () => {
  it('serve and work refuse to begin before the database is migrated, and say what to run', async () => {
    for (const command of ['serve', 'work']) {
      const refused = runHub([command], settings());
      expect(await refused.ended).toBe(1);
      expect(refused.said()).toMatch(/migrations are not applied: run npm run hub -- migrate first/);
    }
  });

  it('start fills it and makes the agencies’ world beside it; serve and work join, each stopped with 0', async () => {
    const start = run('start');
    await start.says(/Ready in/);
    const { rows } = await given.owner.query<{ households: number }>(
      'select count(*)::int as households from household',
    );
    expect(rows).toEqual([{ households: 5 }]);
    const [serve, work] = [run('serve'), run('work')];
    const [, url] = await serve.says(/Serving at (http:\S+)\/graphql/);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    await work.says(/Working/);
    const rotate = runHub(['keys', 'rotate', 'seal', '--settle', '3600'], settings());
    expect(await rotate.ended).toBe(0);
    const again = runHub(['keys', 'rotate', 'seal'], settings());
    expect(await again.ended).toBe(1);
    expect(again.said()).toMatch(/^A rotation of the seal key is under way/);
    const list = runHub(['keys', 'list'], settings());
    expect(await list.ended).toBe(0);
    expect(list.said()).toMatch(/^seal +aes-1 +CURRENT .* [1-9]\d* persons\nseal +aes-2 +NEXT .* 0 persons$/m);
    expect(await serve.end('SIGTERM')).toBe(0);
    expect(await work.end('SIGINT')).toBe(0);
    expect(await start.end('SIGTERM')).toBe(0);
  });

  it('a second start finds what is there, and migrate says that nothing is to do', async () => {
    const migrate = runHub(['migrate'], settings());
    expect(await migrate.ended).toBe(0);
    expect(migrate.said()).toMatch(/is up to date\n$/);
  });
});
