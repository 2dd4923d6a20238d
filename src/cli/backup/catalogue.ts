import type { Client } from 'pg';

/** A table as COPY takes it: partitions go with their parent, generated columns are made anew. */
export interface TableOf {
  readonly name: string;
  readonly columns: readonly string[];
}

const TABLES = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  group by c.oid order by c.relname`;

export const tablesOf = async (client: Client): Promise<TableOf[]> => (await client.query<TableOf>(TABLES)).rows;

const SEQUENCES = `
  select sequencename as name, coalesce(last_value, start_value)::text as last, last_value is not null as called
  from pg_sequences where schemaname = 'public' order by sequencename`;

export interface SequenceOf {
  readonly name: string;
  readonly last: string;
  readonly called: boolean;
}

export const sequencesOf = async (client: Client): Promise<SequenceOf[]> =>
  (await client.query<SequenceOf>(SEQUENCES)).rows;

const PARTITIONS = `
  select p.relname as parent, c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
  where p.relnamespace = 'public'::regnamespace and p.relkind = 'p' and c.relkind = 'r' order by c.relname`;

export interface PartitionOf {
  readonly parent: string;
  readonly name: string;
}

export const partitionsOf = async (client: Client): Promise<PartitionOf[]> =>
  (await client.query<PartitionOf>(PARTITIONS)).rows;

/** Names of applied migrations, in order; none where the database was never migrated. */
export async function migrationsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>(
    `select to_regclass('public.migration') is not null as there`,
  );
  if (!rows[0]!.there) return [];
  return (await client.query<{ name: string }>('select name from migration order by name')).rows.map(
    ({ name }) => name,
  );
}
