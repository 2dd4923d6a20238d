import { rmSync } from 'node:fs';
import { Client } from 'pg';
import { descendants } from '../../../bench/support/processes';
import { prepareDatabase } from '../../../src/cli/prepare';
import { loadConfig } from '../../../src/config';
import { isAlive, until } from '../../../src/store/embedded/alive';
import { startEmbedded, type EmbeddedServer } from '../../../src/store/embedded';
import { postmasterOf } from '../../../src/store/embedded/postmaster';

/** A PostgreSQL of a test's own, with the product's settings (what is committed is on the disk), for it to kill. */
export interface OwnServer {
  readonly ownerUrl: string;
  readonly cluster: string;
  /** A fresh connection of the owner. */
  connect(): Promise<Client>;
  /** SIGKILL to the postmaster and all its backends. */
  kill(): Promise<void>;
  /** After a kill: in the same folder, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startOwnServer(dataDir: string): Promise<OwnServer> {
  const config = loadConfig({ DATA_DIR: dataDir });
  const begin = (): Promise<EmbeddedServer> => startEmbedded({ dataDir, database: 'anju' });
  let server = await begin();
  const { ownerUrl, cluster } = server;
  await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY);
  return {
    ...{ ownerUrl, cluster },
    async connect() {
      const client = new Client({ connectionString: ownerUrl });
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
    async kill() {
      const { pid } = postmasterOf(cluster)!;
      const all = [pid, ...descendants(pid)];
      all.forEach((each) => process.kill(each, 'SIGKILL'));
      await until(() => !all.some(isAlive), 10_000);
    },
    async restart() {
      server = await begin();
      if (server.ownerUrl !== ownerUrl) throw new Error('PostgreSQL came back at another address');
    },
    async stop() {
      await server.stop();
      rmSync(cluster, { recursive: true, force: true });
    },
  };
}
