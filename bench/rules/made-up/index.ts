import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { connectors } from '../../../connectors';
import { answersOfPage } from './answers';
import { registers } from './registers';

/** Households of one asking: their answers lie together, source by source, and pages in the order of household ids. */
const PAGE = 1000;
const TABLES = [
  ...[
    'household',
    'person',
    'household_member',
    'housing_case',
    'letter',
    'letter_member',
    'entitlement',
    'answer',
    'evaluation',
  ],
];

/**
 * Replaces whatever the hub holds by so many made-up households with everything the agencies said of them: set-based, the
 * same for the same number. As a superuser, since triggers and foreign keys sleep; indexes are made afterwards.
 */
export async function makeUp(admin: Client, households: number): Promise<void> {
  await admin.query(`begin; set local session_replication_role = replica; set local maintenance_work_mem = '1GB'; set local work_mem = '256MB';
    drop schema if exists bench cascade; create schema bench; truncate ${TABLES.join(', ')} cascade`);
  const restore = await withoutIndexes(admin);
  for (const text of registers(households))
    await admin.query(text, text.includes('$1') ? [connectors.map(({ name }) => name)] : []);
  for (let first = 1; first <= households; first += PAGE) {
    const last = Math.min(first + PAGE - 1, households);
    for (const [at, text] of answersOfPage.entries())
      await admin.query({ name: `page ${at}`, text, values: [first, last, randomUUID()] });
  }
  for (const text of restore) await admin.query(text);
  await admin.query('drop schema bench cascade; commit');
  await admin.query('vacuum (analyze)');
  await admin.query('checkpoint');
}

const INDEXES = `
  select conname as name, conrelid::regclass::text as tab, 'alter table ' || conrelid::regclass || ' add constraint ' || conname || ' ' || pg_get_constraintdef(oid) as made, true as key
  from pg_constraint where conrelid = 'answer'::regclass and contype = 'p'
  union all
  select indexrelid::regclass::text, indrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '), false
  from pg_index where indrelid = 'answer'::regclass and not indisprimary`;

/** Takes the indexes of answers off; the statements that put them back. */
export async function withoutIndexes(admin: Client): Promise<string[]> {
  const { rows } = await admin.query<Record<'name' | 'tab' | 'made', string> & { key: boolean }>(INDEXES);
  for (const { name, tab, key } of rows)
    await admin.query(key ? `alter table ${tab} drop constraint ${name}` : `drop index ${name}`);
  return rows.map(({ made }) => made);
}
