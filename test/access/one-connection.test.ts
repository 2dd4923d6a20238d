import fc from 'fast-check';
import type { Pool } from 'pg';
import { openDatabase, inScope, queryInScope, sendInScope, type Database } from '../../src/store/database';
import { openStage, type Stage } from '../server/support/stage';
import { runSeed } from '../support/seed';
import { recordsIn } from './support/records';

/** Tables that tell of a person or a household of one region; partitions and the log, which nobody reads, aside. Written by hand. */
const PERSONAL = [
  ...['allocation_batch', 'allocation_batch_step', 'allocation_procedure'],
  'allotment',
  ...[
    'annual_review',
    'answer',
    'application',
    'application_document',
    'application_entry',
    'application_step',
    'approval_publicity',
    ...['archive_body', 'archive_disposal', 'archive_entry', 'archive_erasure', 'archive_file', 'archive_step'],
    'case_report',
    'change',
    'contract',
    'contract_rent',
    'cross_check',
    'cross_check_household',
    'decision',
    'detection_finding',
    'dwelling',
    'dwelling_dealing',
    'dwelling_step',
    'entitlement',
  ],
  ...['evaluation', 'evidence_task', 'exit_case', 'fact_contest', 'household', 'household_member', 'housing_case'],
  ...[
    'identity_match',
    'import_batch',
    'import_key',
    'inspection',
    'lease_operation',
    'letter',
    'letter_member',
    'notice',
    'notice_step',
    'objection',
    'objector',
    'objector_opening',
    'occupancy',
    'paper_evidence',
    'person',
    'petition',
    'publicity',
    'publicity_sighting',
    'reapply_bar',
  ],
  ...['rent_entry', 'report'],
  ...[
    'review_campaign',
    'review_step',
    ...['spot_check', 'spot_check_file'],
    'supervision_matter',
    'tenancy_step',
    'violation',
    'waiting_difference',
    'waiting_exception',
    'waiting_list_entry',
    'waiting_queue',
    'waiting_rank',
    'waiting_step',
    'watch_mark',
  ],
];
const REGIONS = ['150402', '150602', '450102', '450103'] as const;

let stage: Stage;
let db: Database;
let app: Pool;
beforeAll(async () => {
  stage = await openStage();
  for (const region of REGIONS) await recordsIn(stage, region);
  db = openDatabase(stage.base.ownerUrl, stage.base.roleKey, { max: 1 });
  app = db.app;
});
afterAll(async () => {
  await db.close();
  await stage.close();
});

const FILLED = PERSONAL.filter(
  (table) => !['evaluation', 'exit_case', 'reapply_bar', 'report', 'review_step', 'watch_mark'].includes(table),
);

describe('row scope', () => {
  it('is forced, with a policy, on every personal table, and the list of these is whole', async () => {
    const { rows } = await stage.base.owner.query<{ name: string; forced: boolean; policies: number }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
         (select count(*)::int from pg_policy p where p.polrelid = c.oid and 'anju_app'::regrole = any (p.polroles)) as policies
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and has_table_privilege('anju_app', c.oid, 'select') and (c.relrowsecurity or exists (select from pg_attribute a
           where a.attrelid = c.oid and a.attname in ('person_id', 'household_id', 'case_id', 'letter_id') and not a.attisdropped))
       order by 1`,
    );
    expect(rows).toEqual(PERSONAL.map((name) => ({ name, forced: true, policies: 1 })));
  });

  it.each(FILLED)('shows the second use of a connection nothing of %s, however the first one ended', async (table) => {
    const seen = async () => (await app.query(`select from ${table}`)).rowCount;
    for (const end of Object.values(ENDS)) {
      await end(app, REGIONS[0], table).catch(() => undefined);
      expect(await seen()).toBe(0);
    }
  });

  it('holds for 1,000 interleaved requests on one connection, a third of which are aborted', async () => {
    const requests = fc.sample(
      fc.tuple(fc.constantFrom(...REGIONS), fc.constantFrom(...FILLED), fc.constantFrom(...Object.entries(ENDS))),
      { numRuns: 1000, seed: runSeed() },
    );
    let [own, aborted]: [number, number] = [0, 0];
    const foreign: unknown[] = [];
    const run = async ([region, table, [how, end]]: (typeof requests)[number]): Promise<void> => {
      const rows = await end(app, region, table).catch(() => undefined);
      if (!rows) aborted += 1;
      for (const { region_code: code } of rows ?? []) {
        if (code === region) own += 1;
        else foreign.push([how, region, table, code]);
      }
    };
    await Promise.all(requests.map(run));
    expect(foreign).toEqual([]);
    expect(own).toBeGreaterThan(500);
    expect(aborted).toBeGreaterThan(200);
    expect(app.totalCount).toBeLessThanOrEqual(1);
  });
});

type Rows = readonly { readonly region_code: string }[];
type End = (pool: Pool, region: string, table: string) => Promise<Rows>;
const rowsOf = (table: string) => ({ text: `select region_code from ${table}` });

/** How a request's use of the connection ends. */
const ENDS: Readonly<Record<string, End>> = {
  alone: (pool, region, table) => queryInScope(pool, [region], rowsOf(table)),
  sent: async (pool, region, table) =>
    (await sendInScope(pool, [region], [rowsOf(table), rowsOf(table)]))[1]!.rows as Rows,
  committed: (pool, region, table) =>
    inScope(pool, [region], async (client) => (await client.query(rowsOf(table))).rows),
  first: (pool, region, table) =>
    inScope(pool, [region], async (_client, [answer]) => answer!.rows as Rows, [rowsOf(table)]),
  thrown: (pool, region, table) =>
    inScope(pool, [region], async (client) => {
      await client.query(rowsOf(table));
      throw new Error('the request was aborted');
    }),
  failed: (pool, region) =>
    inScope(pool, [region], async (client) => (await client.query('select 1 / 0 as region_code')).rows),
  cancelled: (pool, region) =>
    inScope(pool, [region], async (client) => {
      await client.query(`set local statement_timeout = 1`);
      return (await client.query('select pg_sleep(1)::text as region_code')).rows;
    }),
};
