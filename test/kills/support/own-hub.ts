import { buildHub } from '../../support/program';
import { startOwnServer, type OwnServer } from './own-server';
import { programsOn, type Served } from './programs';
import { startWriters, type Writers } from './writers';

/** A gateway and a worker on a PostgreSQL of their own, under the writes of so many clients. */
export interface OwnHub {
  readonly server: OwnServer;
  readonly served: Served;
  readonly writers: Writers;
  /** Resolves when so many more households are acknowledged. */
  more(acknowledged: number): Promise<void>;
  close(): Promise<void>;
}

export async function startOwnHub(dataDir: string, clients: number): Promise<OwnHub> {
  buildHub();
  const server = await startOwnServer(dataDir);
  const programs = await programsOn(dataDir, { DATABASE_URL: server.ownerUrl });
  const served = await programs.serve();
  await programs.work().says(/Working/);
  const token = await programs.issuer.mint({ role: 'COUNTY_HOUSING', region: '150402', subject: 'writer' });
  const writers = startWriters(served.url, token, clients);
  return {
    ...{ server, served, writers },
    more(acknowledged) {
      const from = writers.acknowledged.length;
      return writers.reached(() => writers.acknowledged.length >= from + acknowledged);
    },
    async close() {
      await writers.stop();
      await programs.close();
      await server.stop();
    },
  };
}
