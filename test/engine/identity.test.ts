import { sameIdentity } from '../../src/engine/identity';
import { sql } from '../../src/engine/sql';
import { emptyDatabase } from '../support/database';

type Indexes = readonly [index: string | null, next: string | null];
/** One person, another; under the old key and under the new. */
const [OLD, NEW, OTHER_OLD, OTHER_NEW] = ['01', '02', '0a', '0b'];

let base: Awaited<ReturnType<typeof emptyDatabase>>;
beforeAll(async () => void (base = await emptyDatabase()));
afterAll(() => base.close());

async function same(member: Indexes, told: Indexes): Promise<boolean | null> {
  const { rows } = await base.owner.query<{ same: boolean | null }>(
    `select ${sameIdentity(sql`other`, sql`spouse`).text} as same
     from (select decode($1, 'hex') as id_index, decode($2, 'hex') as id_index_next) other,
       (select $3::text as spouse_index, $4::text as spouse_index_next) told`,
    [...member, ...told],
  );
  return rows[0]!.same;
}

describe('two blind indexes, while the key is rotated', () => {
  /* Rows before, during and after; that one side knows the old key only and the other the new key only does not happen. */
  const pairs: [Indexes, Indexes][] = [
    [
      [OLD, null],
      [OLD, null],
    ],
    [
      [OLD, null],
      [OLD, NEW],
    ],
    [
      [OLD, NEW],
      [OLD, null],
    ],
    [
      [OLD, NEW],
      [OLD, NEW],
    ],
    [
      [OLD, NEW],
      [NEW, null],
    ],
    [
      [NEW, null],
      [OLD, NEW],
    ],
    [
      [NEW, null],
      [NEW, null],
    ],
  ];
  it.each(pairs)('%j and %j are one person', async (member, told) => expect(await same(member, told)).toBe(true));

  const of = ([index, next]: Indexes): Indexes => [
    index === OLD ? OTHER_OLD! : OTHER_NEW!,
    next === null ? null : OTHER_NEW!,
  ];
  it.each(pairs)('%j and another’s %j are two', async (member, told) =>
    expect(await same(member, of(told))).toBe(false),
  );

  it('nobody told is unknown', async () => expect(await same([OLD!, NEW!], [null, null])).toBeNull());
});
