import { ageOn, parseIdNumber } from '../../src/access/identity';
import { makeSeal, personNumber, type Seal } from '../../src/access/seal';
import type { Programme } from '../../src/population/draft';
import { COUNTIES } from '../../src/population/homes';
import { HUB_TABLES } from '../../src/population/hub-rows';
import { limitOf } from '../../src/population/law';
import { PLANTS } from '../../src/population/plants';
import { populate, PopulatedError } from '../../src/population/populate';
import { rules } from '../../src/rules';
import { WORLD_TABLES } from '../../src/population/world-rows';
import { createWorldSchema } from '../../src/population/world-schema';
import { emptyDatabase, testDatabase, type TestDatabase } from '../support/database';
import { runSeed } from '../support/seed';

const TODAY = '2026-11-22';
const seal = makeSeal(Buffer.alloc(32, 1), Buffer.alloc(32, 2));
type World = Awaited<ReturnType<typeof emptyDatabase>>;

interface Place {
  readonly hub: TestDatabase;
  readonly world: World;
}

async function place(): Promise<Place> {
  return { hub: await testDatabase(), world: await emptyDatabase() };
}
const leave = async ({ hub, world }: Place) => void (await Promise.all([hub.close(), world.close()]));
const fill = ({ hub, world }: Place, households: number, sealing: Seal = seal) =>
  populate({
    hubOwnerUrl: hub.ownerUrl,
    worldUrl: world.ownerUrl,
    households,
    seed: String(runSeed()),
    today: TODAY,
    seal: sealing,
  });

const CONSTRAINTS = `select conrelid::regclass::text, conname, convalidated, pg_get_constraintdef(oid) from pg_constraint
  where connamespace = 'public'::regnamespace order by 1, 2`;
const FORCED = `select relname from pg_class where relforcerowsecurity order by 1`;

describe('populate', () => {
  let here: Place;
  let before: unknown[];
  let persons: number;
  const hub = async <Row extends object>(sql: string) => (await here.hub.owner.query<Row>(sql)).rows;
  const world = async <Row extends object>(sql: string) => (await here.world.owner.query<Row>(sql)).rows;

  beforeAll(async () => {
    here = await place();
    before = [await hub(CONSTRAINTS), await hub(FORCED)];
    persons = await fill(here, 800);
  });
  afterAll(() => leave(here));

  it('gives every household one file, one open case and a truth', async () => {
    const [counts] =
      await hub(`select (select count(*) from household)::int as households, (select count(*) from person)::int as persons,
      (select count(distinct household_id) from housing_case where closed_on is null having count(*) = count(distinct household_id))::int as cases`);
    expect(counts).toEqual({ households: 800, persons, cases: 800 });
    const truths = await world<{ plant: string; rules: number }>(
      `select plant, (select count(*) from jsonb_object_keys(expected))::int as rules from world.truth`,
    );
    expect(truths).toHaveLength(800);
    expect(PLANTS.filter(({ kind }) => !truths.some(({ plant }) => plant === kind))).toEqual([]);
    expect(truths.filter((truth) => truth.rules !== rules.length)).toEqual([]);
  });

  it('seals each number to its row and finds it by its blind index', async () => {
    const rows = await hub<{ id: string; id_number: Buffer; id_index: Buffer; birth: string }>(
      `select id, id_number, id_index, birth_date::text as birth from person limit 50`,
    );
    for (const { id, id_number, id_index, birth } of rows) {
      const idNumber = parseIdNumber(seal.open(id_number, personNumber(id)));
      expect(idNumber.slice(6, 14)).toBe(birth.replaceAll('-', ''));
      expect(seal.index(idNumber).equals(id_index)).toBe(true);
    }
  });

  it('writes no number in clear into the hub', async () => {
    const numbers = await world<{ id_number: string }>(`select id_number from civil.person`);
    for (const table of Object.keys(HUB_TABLES)) {
      const [{ all } = { all: '' }] = await hub<{ all: string }>(
        `select string_agg(t::text, ' ') as all from ${table} t`,
      );
      expect(numbers.filter(({ id_number }) => all?.includes(id_number))).toEqual([]);
    }
  });

  it('covers every active member by a letter, a minor by the signature of an adult member [IM-6(1)]', async () => {
    const signed = await hub<{ birth: string; signature: string; signer: string; member: boolean }>(
      `select p.birth_date::text as birth, l.signature, s.birth_date::text as signer,
         exists (select from household_member m where m.household_id = letter.household_id and m.person_id = s.id) as member
       from letter_member l join letter on letter.id = l.letter_id join person p on p.id = l.person_id join person s on s.id = l.signed_by`,
    );
    const wrong = signed.filter(({ birth, signature, signer, member }) => {
      const minor = ageOn(birth, TODAY) < 18;
      return signature !== (minor ? 'GUARDIAN' : 'SELF') || ageOn(signer, TODAY) < 18 || !member;
    });
    expect(wrong).toEqual([]);
    const [{ missing } = { missing: -1 }] = await hub<{ missing: number }>(
      `select count(*)::int as missing from household_member m left join letter l using (household_id)
       left join letter_member c on c.letter_id = l.id and c.person_id = m.person_id
       where l.id is not null and c.letter_id is null and coalesce(m.to_date, 'infinity') >= '${TODAY}'`,
    );
    expect(missing).toBe(0);
  });

  it('tells the agencies about every person registered, and the fund a wage that reads back exactly', async () => {
    const [{ known } = { known: 0 }] = await world<{ known: number }>(
      `select count(*)::int as known from civil.person`,
    );
    expect(known).toBeGreaterThanOrEqual(persons);
    const odd = `select * from fund.account where monthly_contribution_fen * 10000 <> base_fen * ratio_bp or base_fen = 0`;
    expect(await world(odd)).toEqual([]);
    expect(
      await world(`select * from property.unit where unit_code !~ '^\\d{12}[GJZ][A-Z]\\d{5}[FLQW]\\d{8}$'`),
    ).toEqual([]);
  });

  it('plants by the limits that the rules will read', async () => {
    const limits = await hub<{
      code: Parameters<typeof limitOf>[0];
      county: string;
      programme: Programme;
      value: string;
    }>(
      `select distinct on (q.code, county, q.programme) q.code, county, q.programme, p.value
       from unnest('{${COUNTIES.join(',')}}'::text[]) as county cross join
         (select distinct code, unnest('{LOW_RENT,PUBLIC_RENTAL,RENTAL_SUBSIDY}'::text[]) as programme from parameter
          where code in ('housing.per-head-area-cm2', 'income.per-head-monthly-fen', 'high-end-vehicle.price-fen',
            'reapply-bar.years', 'review.interval-months', 'vacancy.months')) q
       join parameter p on p.code = q.code and county like p.region_code || '%' and coalesce(p.programme, q.programme) = q.programme
       order by q.code, county, q.programme, length(p.region_code) desc, p.programme nulls last`,
    );
    expect(limits.length).toBeGreaterThan(7 * COUNTIES.length);
    const differing = limits.filter(
      ({ code, county, programme, value }) => limitOf(code, county, programme) !== +value,
    );
    expect(differing).toEqual([]);
  });

  it('leaves foreign keys and row security as it found them', async () => {
    expect([await hub(CONSTRAINTS), await hub(FORCED)]).toEqual(before);
  });

  it('goes into an empty hub only, and changes nothing in another', async () => {
    await expect(fill(here, 10)).rejects.toThrow(new PopulatedError());
    expect(await world(`select count(*)::int as n from world.truth`)).toEqual([{ n: 800 }]);
  });
});

it('the same seed fills two hubs alike, seals aside', async () => {
  const [one, two] = [await place(), await place()];
  const prints = async ({ hub, world }: Place) => {
    const digests: string[] = [];
    const digest = async ({ owner }: Pick<World, 'owner'>, table: string, row = 't::text') => {
      const { rows } = await owner.query<{ md5: string }>(
        `select md5(string_agg(${row}, '' order by ${row})) from ${table} t`,
      );
      digests.push(rows[0]!.md5);
    };
    for (const table of Object.keys(HUB_TABLES)) {
      await digest(hub, table, table === 'person' ? 'concat(id, name, birth_date, id_index)' : undefined);
    }
    for (const table of Object.keys(WORLD_TABLES)) await digest(world, table);
    return digests;
  };
  await Promise.all([fill(one, 120), fill(two, 120)]);
  expect(await prints(one)).toEqual(await prints(two));
  await leave(one);
  await leave(two);
});

it('a run that breaks off leaves both databases as they were', async () => {
  const here = await place();
  await createWorldSchema(here.world.owner);
  const before = (await here.hub.owner.query(CONSTRAINTS)).rows;
  let left = 2500;
  const breaking: Seal = {
    ...seal,
    seal: (clear, at) => {
      if (left-- === 0) throw new Error('the key is gone');
      return seal.seal(clear, at);
    },
  };
  await expect(fill(here, 2000, breaking)).rejects.toThrow('the key is gone');
  expect((await here.hub.owner.query('select from person')).rowCount).toBe(0);
  expect((await here.hub.owner.query(CONSTRAINTS)).rows).toEqual(before);
  expect((await here.world.owner.query('select from civil.person')).rowCount).toBe(0);
  await leave(here);
});
