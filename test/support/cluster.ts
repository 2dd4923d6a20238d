/** The test server's addresses, handed from the global setup to the workers through the environment. */
export interface TestCluster {
  readonly adminUrl: string;
  /** Owner, on the migrated template database. */
  readonly ownerUrl: string;
  readonly dataDir: string;
  /** Base64; passwords of the hub's logins derive from it. */
  readonly roleKey: string;
}

const VARIABLE = 'ANJU_TEST_CLUSTER';

export const TEMPLATE = 'anju_template';

export function publishCluster(cluster: TestCluster): void {
  process.env[VARIABLE] = JSON.stringify(cluster);
}

export function testCluster(): TestCluster {
  const text = process.env[VARIABLE];
  if (!text) throw new Error('no test server: run the tests by jest, whose global setup starts it');
  return JSON.parse(text);
}

export function onDatabase(url: string, database: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.toString();
}
