import { createHash, randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Signer } from '../../audit/signer';
import { actingAs } from '../../audit/writes';
import { systemViewer } from '../../context';
import type { Rule } from '../../engine/rule';
import type { Line } from '../parameters/line';
import { Refusal } from '../refusal';
import type { Tried } from './try';

/** 试算报告 as it is signed: canonical JSON of this shape. It holds nobody's data, and no count that tells of few. */
export interface WhatIfBody extends Tried {
  /** 2 where rules are drafts. */
  readonly schema: 'anju/what-if-report/1' | 'anju/what-if-report/2';
  /** SHA-256 of the file, lower-case hex; of the hashes of all files where rules are drafts, so that it lets no file of numbers be loaded. */
  readonly file: string;
  readonly proposed: readonly Omit<Line, 'at'>[];
  readonly proposedRules?: readonly DraftedRule[];
  readonly region: string | null;
  readonly purpose: string;
  readonly asOf: string;
  readonly at: string;
  readonly ruleSet: string;
}

/** A draft as the report names it: which text, and what it says of itself. */
export interface DraftedRule extends Pick<Rule, 'code' | 'title' | 'basis' | 'since'> {
  readonly until: string | null;
  /** SHA-256 of its file, lower-case hex. */
  readonly file: string;
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

type Client = Pick<ClientBase, 'query'>;

/** Signs a report and keeps it as the owner. Returns its id. */
export async function keepReport(owner: Client, signer: Signer, body: WhatIfBody, by: string): Promise<string> {
  const { canonical, hash, signature } = signer.sign(body);
  const id = randomUUID();
  const session = { viewer: systemViewer('hub', [], by), requestId: `what-if-${id}` };
  await owner.query('begin');
  await owner.query(actingAs(session, 'whatIf'));
  await owner.query('insert into what_if_report values ($1, $2, $3, $4, $5, $6, $7)', [
    ...[id, body.at, body.file, by, canonical, hash, signature],
  ]);
  await owner.query('commit');
  return id;
}

const REPORT = `
  select file_hash = $2 as same, body::jsonb->>'region' is null as everywhere,
    at > $3::timestamptz - make_interval(days => (
      select value::int from parameter where code = 'what-if.max-age-days' and region_code is null and programme is null
        and valid_from <= $4 and (valid_to is null or valid_to >= $4) and known_from <= $3
      order by known_from desc, valid_from desc limit 1)) as fresh
  from what_if_report where id = $1`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What keeps a file from being loaded on the strength of a report; null where nothing does. */
async function objection(client: Client, id: string | undefined, text: string, now: Date, day: string) {
  if (id === undefined)
    return 'rules lean on its numbers: say --what-if <id of a report on this file> (npm run hub -- whatif)';
  const [found] = UUID.test(id)
    ? (
        await client.query<{ same: boolean; everywhere: boolean; fresh: boolean | null }>(REPORT, [
          id,
          hashOf(text),
          now,
          day,
        ])
      ).rows
    : [];
  if (!found) return `there is no what-if report ${id}`;
  if (!found.same) return `the what-if report ${id} is on another text`;
  if (!found.everywhere) return `the what-if report ${id} is on one region only`;
  return found.fresh ? null : `the what-if report ${id} is too old (what-if.max-age-days): make another one`;
}

/** Refuses a file that nobody has tried out as it is. */
export async function refuseUntried(
  client: Client,
  { file, text, whatIf }: { file: string; text: string; whatIf?: string },
  now: Date,
  day: string,
): Promise<void> {
  const says = await objection(client, whatIf, text, now, day);
  if (says) throw new Refusal(`${file}: ${says}. Nothing was changed.`);
}
