import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { beijingDay } from '../../access/day';
import { digestsUnder } from '../../access/item-digests';
import type { Seal } from '../../access/seal';
import type { Session } from '../../access/session';
import { actingAs } from '../../audit/writes';
import { carriedOutBy, clause } from '../../clauses';
import { systemViewer, type Hub } from '../../context';
import { inScope } from '../../store/database';
import { ChangeKind } from '../../../schema/review/change';
import { goneFrom, knownTo } from './gone';
import { itemsOf, type Item } from './items';
import { freshMark, keepMarks, marksOf, placeOf, type Mark } from './marks';
import { knownBefore, liveLetters, nextTold, type Before, type Told } from './read';

/** Answers in one transaction. */
const PAGE = 500;

export type WatchHub = Pick<Hub, 'db' | 'now' | 'seal' | 'keys'>;

/** 车辆、住房等变动: what is new since, with its date or its number. */
const NEW_VEHICLES = carriedOutBy('CONNECTOR', clause('GX-9.3.1(2)-b'));
const NEW_HOMES = carriedOutBy('CONNECTOR', clause('GX-9.3.1(2)-c'));

export const watchSession = (region: string, now: Date): Session => ({
  viewer: systemViewer(region, [region], 'hub:watch-changes'),
  purpose: null,
  requestId: `watch-changes:${beijingDay(now)}`,
});

/**
 * Compares what the sources of a region have told the watch since, page by page: in one transaction what is new becomes a change,
 * what was there becomes digests, and the answers lose their values. A run that is killed goes on at what is not compared.
 */
export async function compareRegion(hub: WatchHub, region: string, signal: AbortSignal): Promise<void> {
  const session = watchSession(region, hub.now());
  for (let more = true; more && !signal.aborted; ) {
    await hub.keys.fresh();
    more = await inScope(hub.db.app, [region], async (client) => {
      await client.query(actingAs(session, 'compareWatched'));
      await client.query('select pg_advisory_xact_lock(hashtext($1))', [`compare watched ${region}`]);
      const told = await nextTold(client, region, hub.now(), PAGE, session);
      await comparePage(hub, client, told, session);
      return told.length === PAGE;
    });
  }
}

async function comparePage(hub: WatchHub, client: PoolClient, told: readonly Told[], session: Session): Promise<void> {
  if (told.length === 0) return;
  const today = beijingDay(hub.now());
  const live = await liveLetters(
    client,
    told.map(({ letter_id: letter }) => letter),
    today,
  );
  const allowed = told.filter(({ letter_id: letter }) => live.has(letter));
  const marks = await marksOf(client, allowed);
  const first = allowed.filter((each) => !marks.get(placeOf(each))?.digests);
  const before = await knownBefore(client, first, today, session);
  const beforeOf = new Map(first.map((each, index) => [each.id, before[index]!]));
  const changes: Change[] = [];
  const touched = new Map<string, { told: Told; mark: Mark }>();
  for (const each of allowed) {
    const was = marks.get(placeOf(each)) ?? freshMark(each.day, hub.seal);
    const { mark, fresh } = compare(each, was, beforeOf.get(each.id), hub.seal);
    marks.set(placeOf(each), mark);
    touched.set(placeOf(each), { told: each, mark });
    changes.push(...fresh.map((item) => ({ told: each, item })));
  }
  await keepMarks(client, [...touched.values()]);
  await keepChanges(client, changes);
  const ids = told.map(({ id }) => id);
  await client.query('select forget_watched($1::uuid[], $2)', [ids, hub.now()]);
}

/** What an answer makes of the mark of the last look. What is not known changes nothing but that it was tried. */
export function compare(
  told: Told,
  was: Mark,
  before: Before | undefined,
  seal: Seal,
): { readonly mark: Mark; readonly fresh: readonly Item[] } {
  const tried = { ...was, triedOn: told.day };
  const items = countsAs(told);
  if (typeof items === 'string') return { mark: { ...tried, reason: items }, fresh: [] };
  const { of } = digestsUnder(was.key, was.id, seal);
  const held = items.map(({ same }) => of(same));
  const known = was.digests ? knownTo(was.digests, of) : knownBy(told.source, before);
  const digests = [...held, ...goneFrom(was.digests ?? [], held, told)].sort();
  return { mark: { ...tried, reason: null, lookedOn: told.day, digests }, fresh: items.filter((item) => !known(item)) };
}

/** What the answer holds; or why it is as good as none. */
function countsAs({ status, covered, stale, reason, source, value }: Told): Item[] | string {
  if (status !== 'FOUND' && status !== 'NOT_FOUND') return reason ?? status;
  if (stale) return 'STALE';
  if (status === 'NOT_FOUND') return covered ? [] : 'NOT_COVERED';
  return (value && itemsOf(source, value)) ?? 'INCOMPLETE';
}

/** Without an answer from before, what is older than the security is known; so is what has no date. */
function knownBy(source: string, before: Before | undefined): (item: Item) => boolean {
  const items = before?.found ? itemsOf(source, before.value) : undefined;
  if (items) return ({ same }) => items.some((item) => item.same === same);
  return ({ datedOn }) => datedOn === null || before === undefined || datedOn < before.since;
}

interface Change {
  readonly told: Told;
  readonly item: Item;
}

const CHANGES = `
  insert into change (id, region_code, household_id, person_id, case_id, letter_id, source, seen_on, query_id, kind, item, dated_on)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::date[], $9::uuid[], $10::text[], $11::text[], $12::date[])
  on conflict on constraint change_once do nothing`;

async function keepChanges(client: PoolClient, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const kinds = changes.map(({ item: { kind } }) => kind);
  if (kinds.includes(ChangeKind.NEW_VEHICLE)) NEW_VEHICLES();
  if (kinds.includes(ChangeKind.NEW_HOME)) NEW_HOMES();
  const of = (
    ['region_code', 'household_id', 'person_id', 'case_id', 'letter_id', 'source', 'day', 'query_id'] as const
  ).map((name) => changes.map(({ told }) => told[name]));
  const items = changes.map(({ item: { item } }) => item);
  const dates = changes.map(({ item: { datedOn } }) => datedOn);
  await client.query(CHANGES, [changes.map(() => randomUUID()), ...of, kinds, items, dates]);
}
