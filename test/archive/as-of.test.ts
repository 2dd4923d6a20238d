import fc from 'fast-check';
import { correctArchiveEntry } from '../../src/commands/correct-archive-entry';
import { fileArchiveEntry } from '../../src/commands/file-archive-entry';
import { ArchiveSection } from '../../schema/archive/sections';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { officerAt, refusalOf, seenOf } from './archive-of';

seedProperties();

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const RUNS = Number(process.env['ARCHIVE_RUNS'] ?? 25);
const DAY_MS = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const dayOf = (n: number): string => new Date(START + n * DAY_MS).toISOString().slice(0, 10);
const momentOf = (n: number): Date => new Date(START + n * 6 * 3_600_000);

interface Edit {
  readonly what: 'FILE' | 'CORRECT' | 'END' | 'STALE';
  /** Which of the things in the file. */
  readonly pick: number;
  readonly from: number;
  readonly long: number | null;
  /** Steps of the clock since the edit before; none: in the same moment. */
  readonly later: number;
}
const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom(
    'FILE' as const,
    'FILE' as const,
    'CORRECT' as const,
    'CORRECT' as const,
    'END' as const,
    'STALE' as const,
  ),
  pick: fc.nat(1000),
  from: fc.integer({ min: 0, max: 30 }),
  long: fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
  later: fc.integer({ min: 0, max: 3 }),
});

interface Thing {
  readonly id: string;
  readonly title: string;
  readonly from: number;
  readonly to: number | null;
}
interface Told {
  readonly at: number;
  readonly thing: number;
  readonly now: Thing;
}

/** The replay: every edit known by then, one after the other; then what holds on the day. */
function replay(told: readonly Told[], day: number, moment: number): string[] {
  const things: Thing[] = [];
  for (const { at, thing, now } of told) if (at <= moment) things[thing] = now;
  return things.filter(({ from, to }) => from <= day && (to === null || day <= to)).map(({ title }) => title);
}

describe('a file as of a day and a moment', () => {
  it(
    'is what a replay of its edits gives: whatever was filed, corrected and ended, in whatever order of days',
    async () => {
      const done: Record<string, number> = {};
      await fc.assert(
        fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 9 }), async (edits) => {
          const { id: householdId } = await office.home(ONGNIUD);
          const told: Told[] = [];
          const things: Thing[] = [];
          const old: string[] = [];
          let clock = 0;
          const ctx = officerAt(office, () => momentOf(clock));
          for (const [at, { what, pick, from, long, later }] of edits.entries()) {
            clock += later;
            const title = `材料${at}`;
            const to = long === null ? null : from + long;
            const days = { validFrom: dayOf(from), validTo: to === null ? null : dayOf(to) };
            const place = pick % things.length;
            const was = things[place];
            if (what === 'STALE' && old.length > 0) {
              const stale = correctArchiveEntry(ctx, {
                entryId: old[pick % old.length]!,
                title,
                ...days,
                reason: '更正',
              });
              expect(await refusalOf(stale)).toBe('STALE_VERSION entryId');
              done['STALE'] = (done['STALE'] ?? 0) + 1;
              continue;
            }
            if (what === 'FILE' || !was) {
              const { id } = await fileArchiveEntry(ctx, {
                householdId,
                section: ArchiveSection.HUKOU,
                title,
                ...days,
              });
              told.push({ at: clock, thing: things.length, now: { id, title, from, to } });
              things.push(told.at(-1)!.now);
            } else {
              const next =
                what === 'END' ? { title: was.title, from: was.from, to: was.from + (long ?? 3) } : { title, from, to };
              const entry = await correctArchiveEntry(ctx, {
                ...{ entryId: was.id, title: next.title, reason: '更正', validFrom: dayOf(next.from) },
                validTo: next.to === null ? null : dayOf(next.to),
              });
              old.push(was.id);
              told.push({ at: clock, thing: place, now: { ...next, id: entry.id } });
              things[place] = told.at(-1)!.now;
            }
            done[what] = (done[what] ?? 0) + 1;
          }
          for (const [day, moment] of points(edits.length, clock)) {
            const seen = await seenOf(ctx, householdId, dayOf(day), momentOf(moment));
            expect((seen ?? []).map(({ material }) => material!.title).sort()).toEqual(
              replay(told, day, moment).sort(),
            );
          }
        }),
        { numRuns: RUNS },
      );
      process.stderr.write(`edits: ${JSON.stringify(done)}\n`);
      for (const what of ['FILE', 'CORRECT', 'END']) expect(done[what] ?? 0).toBeGreaterThan(0);
    },
    RUNS > 25 ? 900_000 : 60_000,
  );
});

/** Days and moments between and on the edges. */
const points = (salt: number, clock: number): (readonly [number, number])[] =>
  [...Array(6).keys()].map((at) => [(salt * 7 + at * 11) % 40, at === 5 ? clock : (salt * 5 + at * 3) % (clock + 1)]);
