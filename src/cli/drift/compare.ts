import * as mapper from '@mikro-orm/postgresql';
import type { EntityMetadata, EntityProperty } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import { entities } from '../../../schema';
import { tellMapper } from '../../../schema/mapping';
import { COLUMNS_WITHOUT_PROPERTY, TABLES_WITHOUT_NOUN } from './unmapped';

interface Column {
  readonly type: string;
  readonly nullable: boolean;
}
type Shape = ReadonlyMap<string, Column>;

/** Differences between the nouns of schema/ and the tables of a migrated database, a sentence each; none when they agree. */
export async function compareNouns(owner: Client): Promise<string[]> {
  const [tables, nouns] = [await tablesOf(owner), await nounsOf(owner)];
  const unknown = [...tables.keys()].filter((table) => !nouns.has(table) && !TABLES_WITHOUT_NOUN.has(table));
  return [
    ...unknown.map((table) => `table ${table}: has no noun and is not listed among the tables without one`),
    ...[...nouns].flatMap(([table, noun]) => compareOne(table, noun, tables.get(table))),
  ];
}

function compareOne(table: string, noun: Shape, columns: Shape | undefined): string[] {
  if (!columns) return [`noun of ${table}: the database has no such table`];
  const differences: string[] = [];
  for (const [name, property] of noun) {
    const column = columns.get(name);
    const place = `${table}.${name}`;
    if (!column) differences.push(`${place}: the noun has it, the table has not`);
    else if (column.type !== property.type)
      differences.push(`${place}: ${property.type} in the noun, ${column.type} in the table`);
    else if (column.nullable !== property.nullable)
      differences.push(`${place}: ${nullity(property)} in the noun, ${nullity(column)} in the table`);
  }
  const left = [...columns.keys()].filter(
    (name) => !noun.has(name) && !COLUMNS_WITHOUT_PROPERTY.has(`${table}.${name}`),
  );
  return [...differences, ...left.map((name) => `${table}.${name}: the table has it, the noun has not`)];
}

const nullity = ({ nullable }: Column): string => (nullable ? 'nullable' : 'not null');

const COLUMNS = `
  select c.relname as table, a.attname as column, a.atttypid::regtype::text as type, not a.attnotnull as nullable
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped`;

async function tablesOf(owner: Client): Promise<Map<string, Map<string, Column>>> {
  const { rows } = await owner.query<Column & { table: string; column: string }>(COLUMNS);
  const tables = new Map<string, Map<string, Column>>();
  for (const { table, column, type, nullable } of rows) {
    const columns = tables.get(table) ?? new Map<string, Column>();
    tables.set(table, columns.set(column, { type, nullable }));
  }
  return tables;
}

/** Shapes as the nouns declare them, in the database's own names of types. */
async function nounsOf(owner: Client): Promise<Map<string, Shape>> {
  tellMapper(mapper);
  const orm = await mapper.MikroORM.init({ entities, dbName: 'unused', connect: false });
  const metas = Object.values(orm.getMetadata().getAll()).filter((meta) => !meta.abstract && !meta.virtual);
  const declared = metas.flatMap((meta) => meta.props.flatMap((prop) => prop.columnTypes ?? []));
  const { rows } = await owner.query<{ declared: string; type: string }>(
    'select declared, coalesce(to_regtype(declared)::text, declared) as type from unnest($1::text[]) as d (declared)',
    [[...new Set(declared)]],
  );
  const typeOf = new Map(rows.map(({ declared: name, type }) => [name, type]));
  return new Map(metas.map((meta) => [meta.tableName, shapeOf(meta, typeOf)]));
}

function shapeOf(meta: EntityMetadata, typeOf: ReadonlyMap<string, string>): Shape {
  const stored = meta.props.filter((prop: EntityProperty) => prop.persist !== false && prop.fieldNames);
  return new Map(
    stored.flatMap((prop) =>
      prop.fieldNames.map((name, i): [string, Column] => {
        const declared = prop.columnTypes[i] ?? '';
        return [name, { type: typeOf.get(declared) ?? declared, nullable: prop.nullable === true }];
      }),
    ),
  );
}
