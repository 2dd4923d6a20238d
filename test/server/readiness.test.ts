import { Client, type Pool, type PoolClient } from 'pg';
import { testCluster } from '../support/cluster';
import { stallingProxy, type StallingProxy } from '../support/stalling-proxy';
import { openStage, type Stage } from './support/stage';

/** What a load balancer waits for an answer. */
const PATIENCE_MS = 5_000;

describe('readiness', () => {
  let stage: Stage;
  let proxy: StallingProxy;
  beforeAll(async () => {
    const way = async (ownerUrl: string) => {
      const url = new URL(ownerUrl);
      proxy = await stallingProxy(Number(url.port));
      url.port = String(proxy.port);
      return url.toString();
    };
    stage = await openStage({ way });
  });
  afterEach(async () => {
    proxy.open();
    await limitTo(-1);
  });
  afterAll(async () => {
    await stage.close();
    await proxy.close();
  });

  const said = async (path: string) => {
    const { status, headers } = await fetch(`${stage.url}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return [status, headers.get('retry-after')];
  };
  const READY = [200, null];
  const NOT_READY = [503, '5'];
  const asked = () => stage.ask('{ households(region: "150402") { nodes { id } } }');
  const database = () => new URL(stage.base.ownerUrl).pathname.slice(1);
  /** Every connection of the hub. */
  async function cutAll(): Promise<void> {
    const admin = new Client({ connectionString: testCluster().adminUrl });
    await admin.connect();
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like 'anju%'`,
      [database()],
    );
    await admin.end();
  }
  const limitTo = (connections: number) =>
    stage.base.owner.query(`alter database ${database()} connection limit ${connections}`);

  it.each<[string, () => Pool]>([
    ['officers', () => stage.hub.db.app],
    ['the public', () => stage.hub.db.publicReader],
  ])(
    'is denied, and not waited for, while every connection of %s is taken, and is back with the first that is free',
    async (_whose, pool) => {
      const taken: PoolClient[] = [];
      while (taken.length < pool().options.max!) taken.push(await pool().connect());
      const [first, second, health] = await Promise.all([said('/readyz'), said('/readyz'), said('/healthz')]);
      taken.pop()!.release();
      const after = await said('/readyz');
      taken.forEach((client) => client.release());
      expect([first, second, health, after]).toEqual([NOT_READY, NOT_READY, READY, READY]);
    },
  );

  it('is denied while the database takes what it is sent and says nothing, and is back when it speaks', async () => {
    expect(await said('/readyz')).toEqual(READY);
    proxy.stall();
    expect([await said('/readyz'), await said('/healthz')]).toEqual([NOT_READY, READY]);
    proxy.open();
    expect(await said('/readyz')).toEqual(READY);
  });

  it('is denied while the database has no connection left for the hub, which tells those who ask when to come again', async () => {
    expect((await asked()).errors).toEqual([]);
    await limitTo(0);
    await cutAll();
    expect(await said('/readyz')).toEqual(NOT_READY);
    const refused = await asked();
    expect([refused.status, refused.headers.get('retry-after'), refused.errors[0]?.extensions.code]).toEqual([
      503,
      '5',
      'NOT_READY',
    ]);
    await limitTo(-1);
    expect([await said('/readyz'), (await asked()).status]).toEqual([READY, 200]);
  });
});
