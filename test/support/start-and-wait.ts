import { Client } from 'pg';
import { startEmbedded } from '../../src/store/embedded';

/** A hub that dies: starts the server of the folder given, commits a row, and waits to be killed. */
async function main(): Promise<void> {
  const { ownerUrl } = await startEmbedded({ dataDir: process.argv[2]!, database: 'anju' });
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('create table committed (n int); insert into committed values (1)');
  process.send?.('ready');
}

void main();
