import fc from 'fast-check';
import { Client } from 'pg';
import { ToDisk } from '../../src/access/session';
import { onDatabase, testCluster } from '../support/cluster';
import { honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { seedProperties } from '../support/seed';

seedProperties();

describe('what is owed to the disk', () => {
  it('is whatever was committed quickly and not before a commit that waited, in whatever order they end', () => {
    const acts = fc.array(fc.oneof(fc.constant('wrote'), fc.constant('waits'), fc.nat(9)), { maxLength: 40 });
    fc.assert(
      fc.property(acts, (story) => {
        const toDisk = new ToDisk();
        const [unsafe, begun]: [Set<number>, { readonly covers: Set<number>; readonly done: () => void }[]] = [
          new Set(),
          [],
        ];
        story.forEach((act, at) => {
          if (act === 'wrote') {
            toDisk.wrote();
            unsafe.add(at);
          } else if (act === 'waits') begun.push({ covers: new Set(unsafe), done: toDisk.waiting() });
          else {
            const [ended] = begun.splice((act as number) % Math.max(begun.length, 1), 1);
            ended?.done();
            ended?.covers.forEach((each) => unsafe.delete(each));
          }
          expect(toDisk.owed).toBe(unsafe.size > 0);
        });
      }),
    );
  });
});

describe('the log of a look under a purpose', () => {
  let running: RunningHub;
  let admin: Client;
  let file: File;
  let purpose: string;
  beforeAll(async () => {
    running = await openRunningHub();
    const name = new URL(running.base.ownerUrl).pathname.slice(1);
    admin = new Client({ connectionString: onDatabase(testCluster().adminUrl, name) });
    await admin.connect();
    await admin.query('create extension pageinspect');
    await admin.query(`alter database ${name} set synchronous_commit = on`); // the cluster of the tests waits for no disk
    file = (await honestFiles(running))[0]!;
    purpose = await purposeOf(running, officerOf(file), file);
    await admin.query(
      `select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = $1 and usename = 'anju_app'`,
      [name],
    );
  });
  afterAll(async () => {
    await admin.end();
    await running.close();
  });

  /** How far the disk had come, and where the youngest entry of the log lies. */
  async function places(): Promise<{ disk: string; entry: string }> {
    const disk = (await admin.query<{ lsn: string }>('select pg_current_wal_flush_lsn()::text as lsn')).rows[0]!.lsn;
    const { rows } = await admin.query<{ lsn: string }>(
      `select (page_header(get_raw_page(part, block))).lsn::text as lsn
       from (select tableoid::regclass::text as part, (ctid::text::point)[0]::int as block from read_entry order by at desc limit 1) as youngest`,
    );
    return { disk, entry: rows[0]!.lsn };
  }

  it.each(['members alone', 'members and answers of agencies', 'the same again, stored'])(
    'lies on the disk when the answer is there (%s)',
    async (what) => {
      const more = what === 'members alone' ? '' : 'person { property { status } vehicle { status } }';
      const query = `query ($id: ID!) { household(id: $id) { members { relation since ${more} } } }`;
      for (let turn = 0; turn < 5; turn++) {
        const asked = await running.ask(officerOf(file), query, { variables: { id: file.householdId }, purpose });
        expect(asked.errors).toEqual([]);
        const { disk, entry } = await places();
        const { rows } = await admin.query<{ there: boolean }>('select $1::pg_lsn >= $2::pg_lsn as there', [
          disk,
          entry,
        ]);
        expect(rows[0]!.there).toBe(true);
      }
    },
  );
});
