import { eraseFromLog } from '../../src/audit/erase';
import { pruneLog } from '../../src/audit/prune';
import { inclusionPath } from '../../src/audit/tree';
import { nodesOf } from '../../src/audit/tree-rows';
import { openLog, type Log } from './support/log';
import { includes } from './support/proofs';

let log: Log;
beforeAll(async () => {
  log = await openLog();
  for (const table of ['read_entry', 'write_entry'])
    await log.base.owner.query(`select ensure_partitions('${table}', '2020-01-01', 2)`);
});
afterEach(() => log.clear());
afterAll(() => log.close());

const rows = async <Row>(text: string): Promise<Row[]> => (await log.base.owner.query(text)).rows as Row[];

/** Looks of long ago, as the hub of that time wrote them. */
async function lookLongAgo(people: number): Promise<void> {
  await log.look(people);
  await log.base.owner.query(`
    alter table read_entry alter at set default now();
    update read_entry set at = '2020-02-03 04:05:06.789+00'`);
}

describe('the log', () => {
  it('holds when somebody is erased from it, and nowhere names the person any more [PIPL 47]', async () => {
    const [person, other] = await log.look(40);
    await log.sequence();
    await log.look(3);
    expect(await eraseFromLog(log.base.owner, person!, 'operator')).toBe(1);
    await log.sequence();
    expect(await log.verify()).toEqual({ code: 0, said: expect.stringMatching(/1 entries name nobody any more/) });
    const all = await rows<{ text: string }>(
      'select row_to_json(e)::text as text from read_entry e union all select row_to_json(e)::text from write_entry e union all select row_to_json(l)::text from log_leaf l',
    );
    const text = all.map((row) => row.text).join('\n');
    expect([text.includes(person!), text.includes(other!)]).toEqual([false, true]);
    expect(await rows(`select verb, rows, entity_id from write_entry`)).toEqual([
      { verb: 'eraseFromLog', rows: 1, entity_id: '*' },
    ]);
  });

  it('holds when old quarters are dropped, and what they held is still proved', async () => {
    await lookLongAgo(300);
    await log.sequence();
    await log.look(20);
    const head = (await log.sequence())!;
    expect(await pruneLog(log.base.owner, '2020-04-01')).toEqual(['read_entry_2020q1', 'write_entry_2020q1']);
    await log.sequence();
    expect(await log.verify()).toEqual({
      code: 0,
      said: expect.stringMatching(/300 entries are known by their hash only: read_entry_2020q1/),
    });
    const [leaf] = await rows<{ hash: Buffer }>('select hash from log_leaf where seq = 123');
    const path = await inclusionPath(123, head.size, nodesOf(log.base.db.app));
    const hex = path.map((hash) => hash.toString('hex'));
    expect(includes(leaf!.hash.toString('hex'), 123, head.size, hex, head.root)).toBe(true);
    /* A later pruning tells of the earlier one, whose own act will be gone one day. */
    expect(await pruneLog(log.base.owner, '2020-07-01')).toEqual(['read_entry_2020q2', 'write_entry_2020q2']);
    const acts = await rows<{ n: number }>(
      `select count(*)::int as n from write_entry where entity_id = 'read_entry_2020q1'`,
    );
    expect(acts).toEqual([{ n: 2 }]);
    for (const table of ['read_entry', 'write_entry'])
      await log.base.owner.query(`select ensure_partitions('${table}', '2020-01-01', 2)`);
  });

  it('misses what was dropped without an act, and what was dropped beside it', async () => {
    await lookLongAgo(10);
    await log.sequence();
    await log.look(5);
    await log.sequence();
    await log.base.owner.query('drop table read_entry_2020q1');
    expect(await log.verify()).toEqual({
      code: 1,
      said: expect.stringMatching(/^BAD at place 0: read entry \d+ of 2020-02-03T04:05:06.789000Z was deleted/),
    });
    await pruneLog(log.base.owner, '2020-04-01');
    await log.base.owner.query('delete from read_entry where id = (select entry_id from log_leaf where seq = 12)');
    await log.base.owner.query(
      `insert into write_entry (subject, role, office, request_id, verb, entity, entity_id, fields)
       values ('x', 'x', '-', 'x', 'pruneLog', 'LogQuarter', 'read_entry_2020q1', '{2020-01-01T00:00:00Z,2020-04-01T00:00:00Z}')`,
    );
    expect(await log.verify()).toEqual({
      code: 1,
      said: expect.stringMatching(/^BAD at place 12: read entry \d+ of .* was deleted/),
    });
    await log.base.owner.query(
      `select ensure_partitions('read_entry', '2020-01-01', 1); select ensure_partitions('write_entry', '2020-01-01', 1)`,
    );
  });

  it('keeps what is younger than three years, and what no head speaks for [条例 29]', async () => {
    await lookLongAgo(2);
    await expect(pruneLog(log.base.owner, '2020-04-01')).rejects.toThrow(/no signed head speaks for/);
    await expect(pruneLog(log.base.owner, new Date().toISOString().slice(0, 10))).rejects.toThrow(/three|3 years/);
    await expect(pruneLog(log.base.owner, '2020-13-01')).rejects.toThrow(RangeError);
    await expect(eraseFromLog(log.base.owner, '%', 'x')).rejects.toThrow(RangeError);
  });
});
