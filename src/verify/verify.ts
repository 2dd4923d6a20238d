import { join } from 'node:path';
import { Client } from 'pg';
import { readActs } from './acts';
import { CannotVerify, tampered } from './findings';
import { readHeads, type Head } from './heads';
import { entriesWithoutLeaf } from './rows';
import { isBackdated, nameOf, walkTree, type Counts } from './walk';
import { Witness } from './witness';

export interface Evidence {
  /** A login that may read the log: the owner of the database. */
  readonly databaseUrl: string;
  /** Folder of heads.log, leaves.bin and keys.json. */
  readonly folder: string;
  /** Public keys from elsewhere; default: keys.json of the folder. */
  readonly keysFile?: string;
  readonly onProgress?: (done: number) => void;
}

export interface Verified extends Counts {
  readonly heads: number;
  readonly lastHead: Head;
  /** Committed entries that wait for the sequencer. */
  readonly waiting: number;
  readonly torn: readonly number[];
  readonly prunedPartitions: readonly string[];
}

/** Checks the whole log against the signed heads. Throws Tampered with the first bad entry, CannotVerify where nothing can be said. */
export async function verifyLog({ databaseUrl, folder, keysFile, onProgress }: Evidence): Promise<Verified> {
  const { heads, torn } = readHeads(join(folder, 'heads.log'), keysFile ?? join(folder, 'keys.json'));
  const lastHead = heads.at(-1)!;
  const client = await connected(databaseUrl);
  const witness = new Witness(join(folder, 'leaves.bin'));
  try {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<State>('select log_id as log, horizon::text from log_state');
    const [state] = rows;
    if (state?.log !== lastHead.log) tampered(0, 'the database holds another log than the one that was signed');
    const acts = await readActs(client);
    const counts = await walkTree({ client, heads, witness, acts, onProgress: onProgress ?? (() => undefined) });
    const waiting = await checkWaiting(client, state!, lastHead);
    const prunedPartitions = acts.pruned.map(({ partition }) => partition);
    return { ...counts, heads: heads.length, lastHead, waiting, torn, prunedPartitions };
  } finally {
    witness.close();
    await client.end();
  }
}

interface State {
  readonly log: string;
  readonly horizon: string;
}

async function connected(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'anju_audit_verify' });
  await client.connect().catch((error: { code?: string }) => {
    throw new CannotVerify(`the database does not answer (${error.code ?? 'no reason given'})`);
  });
  return client;
}

/** What has no leaf must be too young for one. */
async function checkWaiting(client: Client, { horizon }: State, last: Head): Promise<number> {
  const waiting = await entriesWithoutLeaf(client);
  for (const entry of waiting) {
    if (BigInt(entry.tx) < BigInt(horizon))
      tampered(null, `${nameOf(entry)} has no place in the tree: it was put in by hand, or its leaf was deleted`);
    if (isBackdated(entry.at, last))
      tampered(null, `${nameOf(entry)} was put in afterwards: its time lies before a head that does not hold it`);
  }
  return waiting.length;
}
