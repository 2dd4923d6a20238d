import type { PoolClient } from 'pg';
import { writeLog } from '../../audit/writes';
import { csvOf } from '../../bulk/write/csv';
import { writeWhole } from '../../bulk/write/file';
import { xlsxOf } from '../../bulk/write/xlsx';
import type { RequestContext } from '../../context';
import { HubError } from '../../errors';
import { inScope } from '../../store/database';

export const FORMATS = ['csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export interface ExportApplications {
  readonly region: string;
  readonly format: Format;
  readonly path: string;
}

const HEADING = [
  '申请编号',
  '区划',
  '档案编号',
  '保障方式',
  '状态',
  '第几次审核',
  '提交之日',
  '受理回执',
  '应办结之日',
] as const;
const FETCHED = 2_000;
/** States and days of applications: no person, and nothing that is classified. */
const CURSOR = `
  declare exported no scroll cursor for
  select a.id, a.region_code, h.file_number, c.programme, a.state, a.round::text, a.submitted_on::text, a.receipt, a.review_by::text
  from application a join household h on h.id = a.household_id join housing_case c on c.id = a.case_id
  where a.region_code = any ($1) order by a.region_code, a.id`;

/** 导出申请台账 of a region and everything below it: read by a cursor, written as it comes, whatever its length. Returns the rows. Errors: UNKNOWN_REGION, NOT_FOUND. */
export async function exportApplications(
  ctx: RequestContext,
  { region, format, path }: ExportApplications,
): Promise<number> {
  const { hub, viewer } = ctx;
  if (!hub.regions.find(region)) throw new HubError('UNKNOWN_REGION', 'region');
  if (!viewer.regions.includes(region)) throw new HubError('NOT_FOUND', 'region');
  const act = {
    verb: 'exportApplications',
    entity: 'Application',
    entityId: '*',
    regionCode: region,
    fields: ['state'],
  };
  return inScope(hub.db.app, viewer.regions, async (client) => {
    await client.query(writeLog([act], ctx));
    await client.query(CURSOR, [hub.regions.scopeOf(region)]);
    const counted = { rows: 0 };
    await writeWhole(path, (format === 'csv' ? csvOf : xlsxOf)(HEADING, fetched(client, counted)));
    return counted.rows;
  });
}

async function* fetched(client: PoolClient, counted: { rows: number }): AsyncGenerator<(string | null)[][]> {
  for (;;) {
    const { rows } = await client.query<(string | null)[]>({
      text: `fetch ${FETCHED} from exported`,
      rowMode: 'array',
    });
    if (rows.length === 0) return;
    counted.rows += rows.length;
    yield rows;
  }
}
