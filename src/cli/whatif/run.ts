import type { ClientBase, Pool } from 'pg';
import { beijingDay } from '../../access/day';
import type { Signer } from '../../audit/signer';
import { makeEngine } from '../../engine';
import type { Rule } from '../../engine/rule';
import { rulesAfter } from '../../engine/trial';
import { soundFile } from '../parameters/load';
import { Refusal } from '../refusal';
import type { Draft } from './draft';
import { hashOf, keepReport, type WhatIfBody } from './report';
import { tryOut } from './try';

export interface WhatIf {
  /** Numbers; null: none, rules alone are tried. */
  readonly file: string | null;
  readonly text: string;
  readonly drafts?: readonly Draft[];
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

/** Tries numbers and drafts of rules out on everybody, on the first day on which all of them hold, and keeps the signed report; nothing else is written. Throws Refusal. */
export async function whatIf(
  { engineRole, owner, signer, rules, now, onProgress }: Parts,
  { file, text, drafts = [], by, sources, region, purpose }: WhatIf,
): Promise<{ id: string; body: WhatIfBody }> {
  const lines = file === null ? [] : (await soundFile(engineRole, { file, text, sources })).lines;
  const proposedRules = drafts.flatMap((draft) => draft.rules);
  const days = [...lines.map(({ validFrom }) => validFrom), ...proposedRules.map(({ since }) => since)];
  const latest = [beijingDay(now), ...days].sort().at(-1)!;
  if (region !== null && !(await engineRole.query('select from region where code = $1', [region])).rowCount)
    throw new Refusal(`Unknown region '${region}'.`);
  const population = { region, purpose, asOf: latest };
  const change = { rules, proposedRules, proposed: lines };
  const read = makeEngine(rulesAfter(change)).sources;
  const tried = await tryOut(engineRole, { change, sources: read, population, now, onProgress });
  const body: WhatIfBody = {
    ...named({ text, drafts }),
    proposed: lines.map(({ at: _, ...line }) => line),
    ...{ ...population, at: now.toISOString(), ruleSet: makeEngine(rules).version, ...tried },
  };
  return { id: await keepReport(owner, signer, body, by), body };
}

/** What was tried. */
function named({ text, drafts }: { text: string; drafts: readonly Draft[] }) {
  if (drafts.length === 0) return { schema: 'anju/what-if-report/1', file: hashOf(text) } as const;
  const proposedRules = drafts.flatMap((draft) =>
    draft.rules.map(({ code, title, basis, since, until = null }) => ({
      ...{ code, title, basis, since, until },
      file: hashOf(draft.text),
    })),
  );
  const file = hashOf([text, ...drafts.map((draft) => draft.text)].map(hashOf).join(' '));
  return { schema: 'anju/what-if-report/2', file, proposedRules } as const;
}
