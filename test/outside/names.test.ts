import { registerForm } from '../../connectors/police/register';
import { normaliseName } from '../../src/access/identity';
import { nameForm } from '../../src/engine/expression';
import { sql } from '../../src/engine/sql';
import { testDatabase, type TestDatabase } from '../support/database';
import { rowsOf } from './rows';

/**
 * Two spellings under one number. `same`: one name by domain.md §9 (width, spaces, middle dot, and what Unicode itself holds to
 * be one character); `unclear`: anything else, which a person settles, and which is never a FAIL (RR-02). Written by hand;
 * code points from the charts, canonical forms from Python's unicodedata.
 */
type Row = [declared: string, registered: string, verdict: 'same' | 'unclear', why: string];
const ROWS = rowsOf<Row>('names.jsonl');

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

describe('two spellings of a name [domain.md §9, RR-02]', () => {
  it('are tried in more than a hundred pairs', () => expect(ROWS.length).toBeGreaterThan(100));

  it.each(ROWS)('%j and %j are %s (%s)', (declared, registered, verdict) => {
    for (const [a, b] of [
      [declared, registered],
      [registered, declared],
    ] as const) {
      expect(normaliseName(a) === normaliseName(b)).toBe(verdict === 'same');
      const match = registerForm.namedAs({ name: a, formerName: null }, b);
      expect(match?.nameMatch ?? 'UNCLEAR').toBe(verdict === 'unclear' ? 'UNCLEAR' : a === b ? 'EXACT' : 'SPELLING');
    }
  });

  it('are compared by the database as by the hub', async () => {
    const { rows } = await base.db.engine.query<{ same: boolean }>(
      `select ${nameForm(sql`a`).text} = ${nameForm(sql`b`).text} as same from unnest($1::text[], $2::text[]) with ordinality as t (a, b, n) order by n`,
      [ROWS.map(([a]) => a), ROWS.map(([, b]) => b)],
    );
    const verdicts = rows.map(({ same }, at) => [...ROWS[at]!.slice(0, 2), same ? 'same' : 'unclear']);
    expect(verdicts).toEqual(ROWS.map(([a, b, verdict]) => [a, b, verdict]));
  });
});
