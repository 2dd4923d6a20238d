import { compareNouns } from '../../src/cli/drift/compare';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

describe('nouns and tables', () => {
  it('agree after the migrations', async () => {
    expect(await compareNouns(base.owner)).toEqual([]);
  });

  it('are told apart when a column is missing, another, nullable or new, or a table has no noun', async () => {
    await base.owner.query(`
      alter table household drop column closed_on;
      alter table person alter column birth_date type text;
      alter table entitlement alter column since drop not null;
      alter table letter add column extra int;
      create table stray (id int)`);
    expect((await compareNouns(base.owner)).sort()).toEqual([
      'entitlement.since: not null in the noun, nullable in the table',
      'household.closed_on: the noun has it, the table has not',
      'letter.extra: the table has it, the noun has not',
      'person.birth_date: date in the noun, text in the table',
      'table stray: has no noun and is not listed among the tables without one',
    ]);
  });
});
