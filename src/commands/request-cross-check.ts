import { createHash, randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { principalOf } from '../access/viewer';
import { isCode, isDate } from '../../schema/scalars';
import { actingAs } from '../audit/writes';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { beijingDay } from '../access/day';
import { holdsIdNumber } from '../access/identity';
import { enqueue } from '../queue/enqueue';
import { insertCrossCheck, type AskedHousehold } from '../store/cross-check-request';
import { countMembers } from '../store/counted-members';
import { inScope } from '../store/database';

export interface RequestCrossCheck {
  /** The caller's own key, 1 to 100 printable characters: the same key and request give the same cross-check. */
  readonly clientKey: string;
  /** Code of the purpose, 'ADMISSION_REVIEW'. */
  readonly purpose: string;
  /** 1 to 10,000 different households. */
  readonly households: readonly string[];
  /** 'YYYY-MM-DD', not after today in Beijing; today when left out. */
  readonly asOf?: string | null;
}

const MAX_HOUSEHOLDS = 10_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * 申请核对: checks the open cases of households against all sources the purpose names. Returns the cross-check's id.
 * Errors: INVALID_INPUT, TOO_MANY_HOUSEHOLDS, FORBIDDEN (a partner's purpose), NOT_FOUND and CASE_CLOSED naming
 * `households.N`, IDEMPOTENCY_CONFLICT; of a partner also ROW_CAP_EXCEEDED, DAILY_BUDGET_SPENT, GRANT_NOT_IN_FORCE.
 */
export async function requestCrossCheck(ctx: RequestContext, input: RequestCrossCheck): Promise<string> {
  const { viewer, hub } = ctx;
  const request = validated(input, beijingDay(hub.now()));
  if (viewer.partner && !viewer.partner.purposes.includes(request.purpose)) throw new HubError('FORBIDDEN', 'purpose');
  return inScope(hub.db.app, viewer.regions, async (client) => {
    const id = randomUUID();
    await client.query(actingAs(ctx, 'requestCrossCheck'));
    const known = await claimKey(client, principalOf(viewer), input, id);
    if (known) return known;
    await refuseUnknownPurpose(client, request.purpose);
    const cases = await openCases(client, request.households);
    await countMembers(client, viewer, request.households, request.asOf);
    await client.query(insertCrossCheck(id, request, cases, viewer, hub.now()));
    await client.query(
      enqueue({ task: 'run-cross-check', payload: { crossCheckId: id }, key: `run-cross-check:${id}` }),
    );
    return id;
  });
}

type ValidRequest = Required<RequestCrossCheck> & { readonly asOf: string };

function validated(input: RequestCrossCheck, today: string): ValidRequest {
  const asOf = input.asOf ?? today;
  if (!/^\P{C}{1,100}$/u.test(input.clientKey))
    throw new HubError('INVALID_INPUT', 'clientKey', '须为 1 至 100 个可见字符');
  if (holdsIdNumber(input.clientKey)) throw new HubError('INVALID_INPUT', 'clientKey', '不得含公民身份号码');
  if (input.households.length < 1 || input.households.length > MAX_HOUSEHOLDS)
    throw new HubError('TOO_MANY_HOUSEHOLDS', 'households');
  if (!isDate(asOf) || asOf > today) throw new HubError('INVALID_INPUT', 'asOf', '须为不晚于今日的日期');
  const seen = new Set<string>();
  const households = input.households.map((household, index) => {
    const id = household.toLowerCase();
    if (!UUID.test(id)) throw new HubError('NOT_FOUND', `households.${index}`);
    if (seen.has(id)) throw new HubError('INVALID_INPUT', `households.${index}`, '家庭重复');
    seen.add(id);
    return id;
  });
  return { ...input, households, asOf };
}

/** The cross-check this key already stands for, or null when the key is now ours. A twin in flight is waited for. */
async function claimKey(
  client: PoolClient,
  principal: string,
  input: RequestCrossCheck,
  id: string,
): Promise<string | null> {
  const request = JSON.stringify([input.purpose, input.asOf ?? null, input.households]);
  const hash = createHash('sha256').update(request).digest();
  const claim = await client.query({
    name: 'claim-client-key',
    text: 'insert into idempotency_key (client, key, request_hash, result_id) values ($1, $2, $3, $4) on conflict do nothing',
    values: [principal, input.clientKey, hash, id],
  });
  if (claim.rowCount === 1) return null;
  const { rows } = await client.query<{ same: boolean; result_id: string }>(
    'select request_hash = $3 as same, result_id from idempotency_key where client = $1 and key = $2',
    [principal, input.clientKey, hash],
  );
  if (!rows[0]?.same) throw new HubError('IDEMPOTENCY_CONFLICT', 'clientKey');
  return rows[0].result_id;
}

async function refuseUnknownPurpose(client: PoolClient, purpose: string): Promise<void> {
  const known = {
    name: 'purpose-known',
    text: 'select from purpose where code = $1 and not watches and cardinality(sources) > 0',
    values: [purpose],
  };
  if (!isCode(purpose) || (await client.query(known)).rowCount === 0)
    throw new HubError('INVALID_INPUT', 'purpose', '未登记的查询目的，或仅供变动监测');
}

const OPEN_CASES = `
  select h.id, h.region_code, c.id as case_id
  from unnest($1::uuid[]) with ordinality as given (id, ordinal)
  left join household h on h.id = given.id
  left join lateral (
    select id from housing_case where household_id = h.id and closed_on is null order by submitted_on desc, id desc limit 1
  ) c on true
  order by given.ordinal`;

/** Each household's latest open case, in the order given. What is out of scope looks like what does not exist. */
async function openCases(client: PoolClient, households: readonly string[]): Promise<AskedHousehold[]> {
  const { rows } = await client.query<AskedHousehold>({ name: 'open-cases', text: OPEN_CASES, values: [households] });
  const missing = rows.findIndex((row) => row.id === null);
  if (missing >= 0) throw new HubError('NOT_FOUND', `households.${missing}`);
  const closed = rows.findIndex((row) => row.case_id === null);
  if (closed >= 0) throw new HubError('CASE_CLOSED', `households.${closed}`);
  return rows;
}
