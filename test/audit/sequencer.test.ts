import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { loggedRead } from '../../src/audit/reads';
import { writeLog } from '../../src/audit/writes';
import { seedProperties } from '../support/seed';
import { NASTY, officer, openLog, PEOPLE, type Log } from './support/log';

seedProperties();

let log: Log;
beforeAll(async () => void (log = await openLog()));
afterEach(() => log.clear());
afterAll(() => log.close());

const leaves = async (): Promise<{ seq: number; id: number }[]> =>
  (await log.base.owner.query('select seq::int, entry_id::int as id from log_leaf order by seq')).rows;
const entries = async (): Promise<number[]> => {
  const all = 'select id::int from read_entry union all select id::int from write_entry';
  return (await log.base.owner.query<{ id: number }>(all)).rows.map(({ id }) => id);
};

describe('the sequencer', () => {
  it('gives every committed entry one place and no place to another, however transactions overlap', async () => {
    const step = fc.record({
      client: fc.nat(3),
      what: fc.constantFrom('write', 'write', 'commit', 'rollback', 'sequence'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
        const clients = await Promise.all([0, 1, 2, 3].map(() => log.base.db.app.connect()));
        const open = new Set<number>();
        try {
          for (const { client, what } of steps) {
            if (what === 'sequence') await log.sequence();
            else if (what === 'write') await writeSomething(clients[client]!, open, client);
            else if (open.delete(client)) await clients[client]!.query(what);
          }
          for (const client of open) await clients[client]!.query('commit');
        } finally {
          clients.forEach((client) => client.release());
        }
        await log.sequence();
        const placed = await leaves();
        expect(placed.map(({ seq }) => seq)).toEqual(placed.map((_, at) => at));
        expect(placed.map(({ id }) => id).sort()).toEqual((await entries()).sort());
        expect((await log.verify()).said).toMatch(placed.length > 0 ? /^OK/ : /^(OK|CANNOT)/);
      }),
      { numRuns: 15 },
    );
  });

  it('goes on in the midst of a transaction larger than a batch, and misses none that ends meanwhile', async () => {
    const slow = await log.base.db.app.connect();
    await writeSomething(slow, new Set(), 0);
    await log.look(25);
    await log.look(1);
    const next = async () => (await log.base.owner.query('select seq from sequence_log(10)')).rowCount;
    expect([await next(), await next()]).toEqual([10, 10]);
    await slow.query('commit');
    slow.release();
    await log.look(3);
    expect([await next(), await next(), await next()]).toEqual([10, 1, 0]);
    expect((await leaves()).map(({ id }) => id).sort()).toEqual((await entries()).sort());
  });

  it('places the young while an old transaction is still open, and the old one when it ends', async () => {
    const slow = await log.base.db.app.connect();
    await writeSomething(slow, new Set(), 0);
    await log.look(3);
    expect(await log.sequence()).toMatchObject({ size: 3 });
    await slow.query('commit');
    slow.release();
    await log.look(1);
    expect(await log.sequence()).toMatchObject({ size: 6 });
    expect((await log.verify()).code).toBe(0);
  });

  it('goes on where the numbers of transactions begin anew, as in a dump loaded into a new server', async () => {
    await log.look(2);
    await log.sequence();
    await log.base.owner.query(`update log_state set horizon = 1e15; update read_entry set tx = 1e15 - 5`);
    await log.look(2);
    expect(await log.sequence()).toMatchObject({ size: 4 });
    await log.look(1);
    await log.base.owner.query('update log_state set horizon = 1e15');
    expect(await log.sequence()).toMatchObject({ size: 5 });
    expect((await log.verify()).code).toBe(0);
  });

  it('signs nothing over a database that lacks what was signed', async () => {
    await log.look(5);
    await log.sequence();
    await log.base.owner.query('delete from log_leaf where seq = 4; update log_state set size = 4');
    await expect(log.sequence()).rejects.toThrow(/entries are missing at its end/);
    await log.look(5);
    await expect(log.sequence()).rejects.toThrow(/audit verify/);
  });

  it('leaves to one process what several want to do', async () => {
    await log.look(20);
    const heads = await Promise.all([log.sequence(), log.sequence(), log.sequence()]);
    expect(heads.filter((head) => head !== null)).toHaveLength(1);
    expect(await leaves()).toHaveLength(20);
  });
});

/** A look and an act in one transaction, left open. */
async function writeSomething(client: PoolClient, open: Set<number>, at: number): Promise<void> {
  if (!open.has(at)) await client.query('begin');
  open.add(at);
  await client.query(loggedRead(PEOPLE, [[randomUUID()]], { source: 'housing', fields: NASTY }, officer));
  const act = { verb: NASTY[1]!, entity: 'Letter', entityId: NASTY[0]!, regionCode: null, fields: [] };
  await client.query(writeLog([act], officer));
}
