import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { connectors } from '../../connectors';
import { makeEngine, type Engine } from '../../src/engine';
import { rangesOfAll, type HouseholdRange } from '../../src/engine/ranges';
import type { Rule } from '../../src/engine/rule';
import { openDatabase, type Database } from '../../src/store/database';
import type { Base } from '../support/world';
import { makeUp } from './made-up';
import { NOW, PURPOSE, TODAY } from './made-up/dice';
import { timed, type Timed } from './timed';

/** A database full of households, and who may judge them. */
export interface Court {
  readonly db: Database;
  /** Superuser, on the hub's database. */
  readonly admin: Client;
  readonly households: number;
  readonly ranges: readonly HouseholdRange[];
}

/** Fills the database with so many households. */
export async function fill(admin: Client, db: Database, households: number): Promise<Court> {
  await makeUp(admin, households);
  return { db, admin, households, ranges: await rangesOfAll(admin, null) };
}

export async function opened({
  config,
  adminUrl,
  ownerUrl,
}: Base): Promise<{ admin: Client; db: Database; close: () => Promise<void> }> {
  const address = new URL(adminUrl);
  address.pathname = new URL(ownerUrl).pathname;
  const admin = new Client({ connectionString: address.toString() });
  await admin.connect();
  const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY);
  return { admin, db, close: async () => void (await Promise.all([admin.end(), db.close()])) };
}

export const sources = connectors.map(({ name }) => name);
export const asked = { purpose: PURPOSE, asOf: TODAY, now: NOW, sources };

/** One run of these rules over everybody; what it kept bears the run's id. */
export async function judged(
  { db, ranges }: Court,
  rules: readonly Rule[],
  engine: Engine = makeEngine(rules),
): Promise<Timed & { run: string }> {
  await engine.ensureRuleSet(db.engine);
  const run = randomUUID();
  const figures = await timed(db.engine, ranges, (client, range) =>
    engine.judgeRange(client, { ...asked, range, regions: null }, run),
  );
  return { ...figures, run };
}

/** Forgets what was judged, so that the next run writes into an empty table too. */
export const forget = async ({ admin }: Pick<Court, 'admin'>): Promise<void> => {
  await admin.query('truncate evaluation');
  await admin.query('checkpoint');
};
