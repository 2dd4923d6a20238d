import type { ClientBase, Pool } from 'pg';
import { beijingDay } from '../../access/day';
import type { Signer } from '../../audit/signer';
import { makeEngine } from '../../engine';
import type { Rule } from '../../engine/rule';
import { soundFile } from '../parameters/load';
import { Refusal } from '../refusal';
import { hashOf, keepReport, type WhatIfBody } from './report';
import { tryOut } from './try';

export interface WhatIf {
  readonly file: string;
  readonly text: string;
  readonly by: string;
  /** Agencies that the hub asks. */
  readonly sources: readonly string[];
  /** Null: everywhere. */
  readonly region: string | null;
  readonly purpose: string;
}

export interface Parts {
  readonly engineRole: Pool;
  readonly owner: Pick<ClientBase, 'query'>;
  readonly signer: Signer;
  readonly rules: readonly Rule[];
  readonly now: Date;
  readonly onProgress?: (judged: number) => void;
}

/** Tries a file of numbers out on everybody, on the first day on which all of it holds, and keeps the signed report; nothing else is written. Throws Refusal. */
export async function whatIf(
  { engineRole, owner, signer, rules, now, onProgress }: Parts,
  { file, text, by, sources, region, purpose }: WhatIf,
): Promise<{ id: string; body: WhatIfBody }> {
  const { lines } = await soundFile(engineRole, { file, text, sources });
  const latest = [beijingDay(now), ...lines.map(({ validFrom }) => validFrom)].sort().at(-1)!;
  if (region !== null && !(await engineRole.query('select from region where code = $1', [region])).rowCount)
    throw new Refusal(`Unknown region '${region}'.`);
  const population = { region, purpose, asOf: latest };
  const engine = makeEngine(rules);
  const tried = await tryOut(engineRole, {
    ...{ rules, sources: engine.sources, proposed: lines, population, now, onProgress },
  });
  const body: WhatIfBody = {
    schema: 'anju/what-if-report/1',
    file: hashOf(text),
    proposed: lines.map(({ at: _, ...line }) => line),
    ...{ ...population, at: now.toISOString(), ruleSet: engine.version, ...tried },
  };
  return { id: await keepReport(owner, signer, body, by), body };
}
