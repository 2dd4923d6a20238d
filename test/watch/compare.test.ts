import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beijingDay } from '../../src/access/day';
import { makeSeal, sealedUnder, type Seal } from '../../src/access/seal';
import { sealMarks } from '../../src/jobs/rotation/marks';
import type { RotationHub } from '../../src/jobs/rotation/walk';
import { compareRegion } from '../../src/jobs/watch/compare';
import type { Hub } from '../../src/context';
import { HONGSHAN, NOW, openOffice, type Office } from '../commands/support/office';
import { seedProperties } from '../support/seed';
import { watchedHome, type WatchedHome } from './home';

seedProperties();

const RUNS = 40;
const DAY_MS = 86_400_000;
const SINCE = '2026-03-01';
const SOURCES = ['property', 'vehicle', 'police'] as const;
type Source = (typeof SOURCES)[number];
const FIELD = { property: 'units', vehicle: 'vehicles', police: 'deceasedOn' } as const;

/** What a source says of one person in one night: things by number and registration, or why it is as good as nothing. */
type Says =
  | { readonly things: readonly { readonly no: number; readonly on: string }[] }
  | { readonly nobody: 'COVERED' }
  | { readonly unknown: 'SILENT' | 'STALE' | 'REFUSED' | 'AMBIGUOUS' | 'NOT_COVERED' | 'IN_DOUBT' };

const DATES = ['2019-05-05', '2026-02-28', SINCE, '2026-11-21', '2026-11-24'];
const things = fc
  .uniqueArray(fc.record({ no: fc.integer({ min: 0, max: 3 }), on: fc.constantFrom(...DATES) }), {
    ...{ maxLength: 3, selector: ({ no }) => no },
  })
  .map((all): Says => ({ things: all }));
const unknown = fc
  .constantFrom('SILENT', 'STALE', 'REFUSED', 'AMBIGUOUS', 'NOT_COVERED', 'IN_DOUBT')
  .map((why) => ({ unknown: why }) as Says);
const says: fc.Arbitrary<Says> = fc.oneof(
  { arbitrary: things, weight: 5 },
  { arbitrary: unknown, weight: 3 },
  { arbitrary: fc.constant<Says>({ nobody: 'COVERED' }), weight: 1 },
);
/** By night, by person, by source. */
const nights = fc.array(
  fc.array(fc.record({ property: says, vehicle: says, police: says }), { minLength: 2, maxLength: 2 }),
  {
    ...{ minLength: 1, maxLength: 5 },
  },
);

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const watched = () => watchedHome(office, SINCE);

const numberOf = (source: Source, no: number): string =>
  source === 'property' ? `150402001001GB0000${no}F00010001` : `蒙D0N00${no}`;

function valueOf(source: Source, all: Extract<Says, { things: unknown }>['things']): unknown {
  if (source === 'police') return { deceasedOn: all[0]?.on ?? null };
  const each = all.map(({ no, on }) =>
    source === 'property'
      ? { unitCode: numberOf(source, no), registeredOn: on }
      : { plate: numberOf(source, no), plateKind: '02', firstRegisteredOn: on },
  );
  return { [FIELD[source]]: each };
}

/** What the exchange would have kept of it. */
async function told(
  home: WatchedHome,
  person: string,
  source: Source,
  what: Says,
  at: Date,
  purpose = 'CHANGE_WATCH',
): Promise<void> {
  const why = 'unknown' in what ? what.unknown : undefined;
  const plain = { SILENT: 'UNAVAILABLE', REFUSED: 'REFUSED', AMBIGUOUS: 'AMBIGUOUS', IN_DOUBT: 'IN_DOUBT' } as Record<
    string,
    string
  >;
  const status =
    'things' in what || why === 'STALE'
      ? 'FOUND'
      : 'nobody' in what || why === 'NOT_COVERED'
        ? 'NOT_FOUND'
        : plain[why!]!;
  const value = 'things' in what ? valueOf(source, what.things) : why === 'STALE' ? valueOf(source, []) : null;
  await office.rows(
    `insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, value, source_record_id, as_of,
       covered, reason, max_age, query_id, asked_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'r', $13, $14, $15, '30 days', $1, $2)`,
    [
      ...[
        randomUUID(),
        at,
        HONGSHAN,
        home.id,
        person,
        home.caseId,
        home.letter,
        purpose,
        source,
        status,
        [FIELD[source]],
      ],
      ...[
        value && JSON.stringify(value),
        new Date(at.getTime() - (why === 'STALE' ? 400 : 0) * DAY_MS),
        'nobody' in what,
      ],
      status in { UNAVAILABLE: 1, REFUSED: 1 } ? 'TEST' : null,
    ],
  );
}

const atNight = (night: number): Date => new Date(NOW.getTime() + night * DAY_MS);
const compareAt = (night: number, seal = office.hub.seal) => {
  const hub = {
    ...office.hub,
    seal,
    now: () => atNight(night),
    keys: { fresh: () => Promise.resolve() },
  } as unknown as Hub;
  return compareRegion(hub, HONGSHAN, new AbortController().signal);
};
const marksOf = (home: WatchedHome) =>
  office.rows<{ person_id: string; source: string; digests: string[] | null; looked_on: string; status: string }>(
    'select person_id, source, digests, looked_on::text, status from watch_mark where household_id = $1',
    [home.id],
  );

/** The model: what is known of a thing at a source. */
type Known = Map<number, { held: boolean; goneOn: string }>;

/** What is new, by hand. */
function alerts(
  known: Known | undefined,
  source: Source,
  what: Says,
  day: string,
): { known: Known | undefined; fresh: string[] } {
  if ('unknown' in what) return { known, fresh: [] };
  const there =
    'nobody' in what
      ? []
      : source === 'police'
        ? what.things.slice(0, 1).map(({ on }) => ({ no: 0, on }))
        : what.things;
  const fresh = there.filter(({ no, on }) => {
    const before = known?.get(no);
    if (!known) return on >= SINCE; // the first look: what is older than the security is known
    return !before || (!before.held && on >= before.goneOn);
  });
  const next: Known = new Map(known);
  for (const [no, was] of next)
    if (was.held && !there.some((each) => each.no === no)) next.set(no, { held: false, goneOn: day });
  for (const { no } of there) next.set(no, { held: true, goneOn: '' });
  return {
    known: next,
    fresh: fresh.map(({ no, on }) => `${source === 'police' ? 'death' : numberOf(source, no)} ${on}`),
  };
}

describe('what the sources tell night by night', () => {
  it('becomes exactly the changes that are new, whatever is unknown meanwhile; and what is unknown moves no digest', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(nights, async (plan) => {
        const home = await watched();
        const known = new Map<string, Known>();
        const expected: string[] = [];
        for (const [night, people] of plan.entries()) {
          const before = await marksOf(home);
          for (const [index, by] of people.entries())
            for (const source of SOURCES) {
              const person = home.people[index]!.id;
              await told(home, person, source, by[source], atNight(night));
              const place = `${person} ${source}`;
              const step = alerts(known.get(place), source, by[source], beijingDay(atNight(night)));
              if (step.known) known.set(place, step.known);
              expected.push(...step.fresh.map((each) => `${place} ${each} ${beijingDay(atNight(night))}`));
            }
          await compareAt(night);
          await compareAt(night); // a twin finds nothing left
          for (const mark of await marksOf(home)) {
            const what = people[home.people.findIndex(({ id }) => id === mark.person_id)]![mark.source as Source];
            const was = before.find((each) => each.person_id === mark.person_id && each.source === mark.source);
            expect(mark.status).toBe('unknown' in what ? 'NOT_ANSWERED' : 'ANSWERED');
            if ('unknown' in what) {
              expect(mark.digests).toEqual(was?.digests ?? null);
              expect(mark.looked_on).toEqual(was?.looked_on ?? null);
            }
          }
        }
        const rows = await office.rows<{ one: string }>(
          `select concat_ws(' ', person_id, source, coalesce(item, 'death'), dated_on, seen_on) as one from change where household_id = $1`,
          [home.id],
        );
        expect(rows.map(({ one }) => one).sort()).toEqual(expected.sort());
        found += rows.length;
        const left = await office.rows(
          `select from answer where household_id = $1 and (value is not null or source_record_id is not null or compared_at is null)`,
          [home.id],
        );
        expect(left).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(found).toBeGreaterThan(RUNS / 2); // else nothing was shown
  });

  it('takes at first what any earlier answer that counted held for known, and what none held for new, however old', async () => {
    const home = await watched();
    const [person] = home.people;
    const old = { no: 1, on: '2019-05-05' };
    const late = { no: 2, on: '2026-11-20' };
    await told(home, person!.id, 'property', { things: [late] }, atNight(-9), 'ADMISSION_REVIEW');
    await told(home, person!.id, 'property', { unknown: 'SILENT' }, atNight(-8), 'ADMISSION_REVIEW');
    await told(home, person!.id, 'property', { things: [old, late] }, atNight(0));
    await compareAt(0);
    const rows = await office.rows('select item from change where household_id = $1', [home.id]);
    expect(rows).toEqual([{ item: numberOf('property', 1) }]);
    const kept = await office.rows(`select purpose from answer where household_id = $1 and value is not null`, [
      home.id,
    ]);
    expect(kept).toEqual([{ purpose: 'ADMISSION_REVIEW' }]); // of answers to others nothing is taken
  });
});

describe('what is told to the watch', () => {
  it('ends no doubt about a record: nothing is judged by it', async () => {
    const home = await watched();
    const person = home.people[0]!.id;
    const contest = randomUUID();
    await office.rows(
      `insert into fact_contest (id, region_code, household_id, case_id, rule, source, person_id, claimed, reason, filed_on, contested_at,
         contested_by, contested_role, contested_office)
       values ($1, $2, $3, $4, 'RR-07', 'property', $5, 'test', 'test', '2026-11-20', $6, 'somebody', 'STREET_OFFICER', $2)`,
      [contest, HONGSHAN, home.id, home.caseId, person, atNight(-2)],
    );
    const open = async () => {
      await office.rows('select end_contests(array[$1::uuid], $2)', [home.caseId, atNight(1)]);
      return (await office.rows('select from fact_contest where id = $1 and ended_at is null', [contest])).length === 1;
    };
    await told(home, person, 'property', { things: [] }, atNight(0));
    expect(await open()).toBe(true);
    await told(home, person, 'property', { things: [] }, atNight(0), 'ANNUAL_REVIEW');
    expect(await open()).toBe(false);
  });
});

describe('a key of digests', () => {
  it('is sealed anew when the sealing key is rotated, and tells the same things apart as before', async () => {
    const home = await watched();
    const person = home.people[0]!.id;
    const car = { no: 0, on: SINCE };
    await told(home, person, 'vehicle', { things: [car] }, atNight(0));
    await compareAt(0);
    const keyOf = async () =>
      (
        await office.rows<{ id: string; key: Buffer; key_id: string; digests: string[] }>(
          'select id, key, key_id, digests from watch_mark where household_id = $1',
          [home.id],
        )
      )[0]!;
    const before = await keyOf();
    const material = randomBytes(32);
    const fresh = { id: 'aes-2', provider: 'aes', state: 'CURRENT', material } as const;
    const rotated = makeSeal(
      { current: () => fresh, next: () => undefined, readable: () => [fresh], find: () => fresh },
      material,
    );
    const both: Seal = {
      ...rotated,
      keyId: 'aes-2',
      open: (sealed, place) => (sealedUnder(sealed) === 'aes-2' ? rotated : office.hub.seal).open(sealed, place),
    };
    const hub = { ...office.hub, seal: both } as unknown as RotationHub;
    const rows = await sealMarks.next(hub, '00000000-0000-0000-0000-000000000000');
    expect(rows.map(({ id }) => id)).toContain(before.id);
    expect(await sealMarks.change(hub, rows)).toBe(rows.length);
    expect(await sealMarks.next(hub, '00000000-0000-0000-0000-000000000000')).toEqual([]);
    const after = await keyOf();
    expect(after).toMatchObject({ key_id: 'aes-2', digests: before.digests });
    await told(home, person, 'vehicle', { things: [car, { no: 1, on: SINCE }] }, atNight(1));
    await compareAt(1, both);
    expect(await office.rows('select item from change where household_id = $1 order by seen_on', [home.id])).toEqual(
      [0, 1].map((no) => ({ item: numberOf('vehicle', no) })),
    );
    await office.rows('delete from watch_mark where household_id = $1', [home.id]);
  });
});

describe('the right to take values out of answers', () => {
  it('ends at the watch’s own answers, in one’s own regions, once', async () => {
    const home = await watched();
    const person = home.people[0]!.id;
    await told(home, person, 'property', { things: [{ no: 3, on: SINCE }] }, atNight(0), 'ANNUAL_REVIEW');
    await told(home, person, 'vehicle', { things: [{ no: 3, on: SINCE }] }, atNight(0));
    const ids = (await office.rows<{ id: string }>('select id from answer where household_id = $1', [home.id])).map(
      ({ id }) => id,
    );
    const valued = () =>
      office.rows('select source from answer where household_id = $1 and value is not null order by 1', [home.id]);
    const forget = async (regions: string) => {
      const client = await office.base.db.app.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('app.regions', $1, true)`, [regions]);
        await client.query('select forget_watched($1, now())', [ids]);
        await client.query('commit');
      } finally {
        client.release();
      }
    };
    await forget('450102');
    expect(await valued()).toEqual([{ source: 'property' }, { source: 'vehicle' }]);
    await forget(HONGSHAN);
    expect(await valued()).toEqual([{ source: 'property' }]);
    await expect(office.base.db.app.query(`update answer set value = null`)).rejects.toMatchObject({ code: '42501' });
  });
});
