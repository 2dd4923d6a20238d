import { useAssertion } from '../../src/store/partners';
import { testDatabase, type TestDatabase } from '../support/database';

let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());

const MINUTE = 60_000;
const later = (ms: number) => new Date(Date.now() + ms);

describe('a used client assertion', () => {
  const use = (jti: string, until: Date, now = new Date()) => useAssertion(base.db.app, 'bank', jti, until, now);

  it('stays used, also when the clock of one process has run two days ahead, or back', async () => {
    expect(await use('first', later(2 * MINUTE))).toBe(true);
    expect(await use('ahead', later(2 * MINUTE), later(2 * 86_400_000))).toBe(true);
    expect(await use('back', later(2 * MINUTE), later(-2 * 86_400_000))).toBe(true);
    for (const jti of ['first', 'ahead', 'back'])
      expect([jti, await use(jti, later(2 * MINUTE))]).toEqual([jti, false]);
  });

  it('is one of one partner, and forgotten some time after it has expired for everyone', async () => {
    expect(await use('old', later(-9 * MINUTE))).toBe(true);
    expect(await use('older', later(-11 * MINUTE))).toBe(true);
    expect(await useAssertion(base.db.app, 'fund', 'old', later(MINUTE), new Date())).toBe(true);
    const { rows } = await base.owner.query('select from used_assertion where expires_at < $1', [new Date()]);
    expect(rows).toHaveLength(1);
    expect(await use('old', later(MINUTE))).toBe(false);
    expect(await use('older', later(MINUTE))).toBe(true);
  });
});
