import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { onDatabase, testCluster } from '../support/cluster';
import { openLog, type Log } from './support/log';

let log: Log;
let restore: () => Promise<void>;
beforeAll(async () => {
  log = await openLog();
  await fill();
  restore = await log.remember();
});
afterEach(() => restore());
afterAll(() => log.close());

/** 300 looks and 3 acts under three heads: places 0 to 302, more than one tile of the tree. */
async function fill(): Promise<void> {
  for (const people of [100, 150, 50]) {
    await log.look(people);
    await log.act('endLetter');
    await log.sequence();
  }
}

/** Rewrites history as somebody whom no right stops. */
async function asSuperuser(statements: string): Promise<void> {
  const client = new Client({
    connectionString: onDatabase(testCluster().adminUrl, new URL(log.base.ownerUrl).pathname.slice(1)),
  });
  await client.connect();
  await client.query(statements).finally(() => client.end());
}

/** The entry at a place of the tree, as the verifier is to call it. */
async function entryAt(seq: number): Promise<string> {
  const { rows } = await log.base.owner.query<{ name: string }>(
    `select case log when 'r' then 'read' else 'write' end || ' entry ' || entry_id || ' of' as name from log_leaf where seq = $1`,
    [seq],
  );
  return rows[0]!.name;
}

const AT = 137;
const idAt = `(select entry_id from log_leaf where seq = ${AT})`;
const RENUMBER = (by: string) =>
  `alter table log_leaf drop constraint log_leaf_pkey; update log_leaf set seq = ${by}; alter table log_leaf add primary key (seq)`;

/** What is done to the database, and how the finding names the entry at {@link AT}. */
const TAMPERINGS: Record<string, { does: string; says: RegExp; place?: number }> = {
  'an entry changed': { does: `update read_entry set office = '451222' where id = ${idAt}`, says: /was changed/ },
  'an entry moved to another person': {
    does: `update read_entry set person_id = gen_random_uuid() where id = ${idAt}`,
    says: /was changed/,
  },
  'an entry changed and its leaf made to fit': {
    does: `update read_entry set subject = 'nobody' where id = ${idAt};
           update log_leaf l set hash = leaf_of(e) from read_entry e where e.id = l.entry_id and l.seq = ${AT}`,
    says: /is not the entry that was signed in its place/,
  },
  'an entry given another time': {
    does: `update read_entry set at = at - interval '1 second' where id = ${idAt}`,
    says: /its time is another/,
  },
  'an entry emptied of its person': {
    does: `update read_entry set person_ref = sha256(uuid_send(salt) || uuid_send(person_id)), person_id = null, salt = null, erased_by = 1 where id = ${idAt}`,
    says: /no act of erasure stands in the log/,
  },
  'an entry deleted': { does: `delete from read_entry where id = ${idAt}`, says: /was deleted/ },
  'a leaf deleted': { does: `delete from log_leaf where seq = ${AT}`, says: /was taken out of the tree/ },
  'an entry deleted with its leaf, the rest moved up': {
    does: `delete from read_entry where id = ${idAt}; delete from log_leaf where seq = ${AT};
           ${RENUMBER(`case when seq > ${AT} then seq - 1 else seq end`)}`,
    says: /is not the entry that was signed in its place/,
  },
  'an entry put in between': {
    does: `${RENUMBER(`case when seq >= ${AT} then seq + 1 else seq end`)};
           insert into read_entry (subject, role, office, person_id, source, fields, request_id) values ('x', 'x', 'x', gen_random_uuid(), 'x', '{}', 'x');
           insert into log_leaf select ${AT}, 'r', e.id, e.at, leaf_of(e) from read_entry e where subject = 'x'`,
    says: /is not the entry that was signed in its place/,
  },
  'two entries in each other’s place': {
    does: RENUMBER(`case seq when ${AT} then ${AT + 20} when ${AT + 20} then ${AT} else seq end`),
    says: /is not the entry that was signed in its place/,
  },
  'the hash beside a sound entry changed': {
    does: `update log_leaf set hash = sha256('x') where seq = ${AT}`,
    says: /was changed; the row itself is sound/,
  },
  'the log cut off': {
    does: `delete from read_entry where id in (select entry_id from log_leaf where seq >= ${AT}); delete from log_leaf where seq >= ${AT}; update log_state set size = ${AT}`,
    says: /entries from place 137 to 302 are missing: the log was cut off, or the database is an older backup/,
  },
};

describe('audit verify', () => {
  it('finds an untouched log to be what was signed, and counts what no head speaks for yet', async () => {
    await log.look(4);
    expect(await log.verify()).toEqual({
      code: 0,
      said: expect.stringMatching(/^OK: 303 entries .* in 3 heads, the last of 303 .*\n4 entries are younger/),
    });
  });

  it.each(Object.entries(TAMPERINGS))('names the first bad entry: %s', async (_what, { does, says }) => {
    const name = does.includes('delete from log_leaf') || does.includes('drop constraint') ? '' : await entryAt(AT);
    await asSuperuser(does);
    const { code, said } = await log.verify();
    expect([code, said]).toEqual([1, expect.stringContaining(`BAD at place ${AT}: ${name}`)]);
    expect(said).toMatch(says);
  });

  it('narrows a rewritten history down to one head where the hashes outside are lost', async () => {
    await asSuperuser(TAMPERINGS['an entry changed and its leaf made to fit']!.does);
    writeFileSync(join(log.folder, 'leaves.bin'), '');
    const { code, said } = await log.verify();
    expect([code, said]).toEqual([
      1,
      expect.stringMatching(/^BAD at place 101: one of the entries at places 101 to 251/),
    ]);
  });

  it('names an entry put in by hand with a time of the past, before and after it got its place', async () => {
    await asSuperuser(`insert into read_entry (at, subject, role, office, person_id, source, fields, request_id)
      values (now() - interval '3 hours', 'x', 'x', 'x', gen_random_uuid(), 'x', '{}', 'x')`);
    const named = /BAD.*: read entry \d+ of .* was put in afterwards/;
    expect(await log.verify()).toEqual({ code: 1, said: expect.stringMatching(named) });
    await log.sequence();
    expect(await log.verify()).toEqual({ code: 1, said: expect.stringMatching(named) });
  });

  it('names an entry that the sequencer passed by', async () => {
    await asSuperuser(`insert into write_entry (tx, subject, role, office, verb, entity, entity_id, fields, request_id)
      values (5, 'x', 'x', 'x', 'x', 'x', 'x', '{}', 'x')`);
    expect((await log.verify()).said).toMatch(/^BAD: write entry \d+ of .* has no place in the tree/);
  });

  it('finds heads taken out, changed or signed by a stranger', async () => {
    const file = join(log.folder, 'heads.log');
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    const after = async (changed: readonly string[]) => {
      writeFileSync(file, `${changed.join('\n')}\n`);
      return log.verify();
    };
    expect(await after([lines[0]!, lines[2]!])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/line 2 .* taken out/),
    });
    const forged = lines[1]!.replace(/size\\":\d+/, 'size\\":250');
    expect(await after([lines[0]!, forged, lines[2]!])).toMatchObject({
      code: 1,
      said: expect.stringMatching(/line 2 .* signature/),
    });
    writeFileSync(join(log.folder, 'keys.json'), '{"keys":[]}');
    expect(await after(lines)).toMatchObject({ code: 2, said: expect.stringMatching(/not known/) });
  });

  it('passes over a line that a crash cut short, and the log goes on after it', async () => {
    appendFileSync(join(log.folder, 'heads.log'), '{"canonical":"{\\"at');
    appendFileSync(join(log.folder, 'leaves.bin'), 'half a hash');
    await log.look(2);
    await log.sequence();
    expect(await log.verify()).toEqual({
      code: 0,
      said: expect.stringMatching(/cut short by a crash in heads.log: 4/),
    });
  });

  it('says that it can say nothing without heads', async () => {
    rmSync(join(log.folder, 'heads.log'));
    expect(await log.verify()).toMatchObject({ code: 2, said: expect.stringMatching(/no file of signed heads/) });
  });

  it('holds through a change of the signing key', async () => {
    log.changeKey();
    await fill();
    expect(await log.verify()).toMatchObject({ code: 0 });
  });
});
