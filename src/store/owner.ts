import { Client } from 'pg';

const CONNECT_MS = 10_000;

/** One connection of the owner of a database, for as long as the work takes. */
export async function asOwner<T>(ownerUrl: string, work: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: CONNECT_MS });
  owner.on('error', () => undefined); // a server that goes while nothing is asked is told by what is asked next
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}
