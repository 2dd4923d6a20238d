import { loggedRead, type PersonalSelect } from '../../src/audit/reads';
import type { Session } from '../../src/access/session';
import { onLoggedReads, unlogged } from '../../bench/support/leave-out';
import { sendInScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

const READ: PersonalSelect = { name: 'bench-read', takes: 1, text: 'select $1::uuid as person_id, 7 as seven' };
const PERSON = '00000000-0000-4000-8000-000000000001';
const viewer = { subject: 'bench', role: 'COUNTY_HOUSING' as const, office: '150402', regions: ['150402'] };
const SESSION: Session = { viewer, purpose: null, requestId: 'bench' };
const read = () => loggedRead(READ, [PERSON], { source: 'housing', fields: ['name'] }, SESSION);

let base: TestDatabase;
beforeAll(async () => (base = await testDatabase()));
afterAll(() => base.close());

const logged = async (): Promise<number> => (await base.owner.query('select from read_entry')).rowCount!;

describe('leaving a part out of the product to see its price', () => {
  it('gives the same rows without the log as with it, and writes none', async () => {
    const bare = await base.owner.query(unlogged(read()));
    expect(await logged()).toBe(0);
    const whole = await base.owner.query(read());
    expect(await logged()).toBe(1);
    expect(bare.rows).toEqual(whole.rows);
  });

  it('reaches every logged read of the process, and nothing once it is released', async () => {
    const before = await logged();
    const release = onLoggedReads(unlogged);
    await base.owner.query(read());
    await sendInScope(base.db.app, viewer.regions, [read()]);
    release();
    expect(await logged()).toBe(before);
    await base.owner.query(read());
    expect(await logged()).toBe(before + 1);
  });
});
