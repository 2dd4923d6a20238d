import type { Client } from 'pg';
import { Engine } from 'json-rules-engine';
import { entities } from '../../../schema';
import { makeMapper } from '../../../src/store/orm';
import { JUDGES } from '../row-loop/judge';
import { numbersOf, successorsOf } from '../row-loop/numbers';
import { loadByMapper } from './load';

const BATCH = 100;

export interface JsonFigures {
  readonly households: number;
  readonly seconds: number;
  /** Outcomes that are unknown in law, and how many of them were reported as failures. */
  readonly unknown: number;
  readonly unknownTurnedFail: number;
}

const ruleOf = (code: string) => ({
  name: code,
  conditions: { all: [{ fact: code, operator: 'equal', value: true }] },
  event: { type: code },
});

/**
 * What a project of this stack would take first: json-rules-engine over the object mapper. Each rule's condition is a fact put
 * together from the rows beforehand; what is unknown is left out, as its documentation has it (allowUndefinedFacts).
 */
export async function jsonEngine(
  admin: Client,
  url: string,
  codes: readonly string[],
  sample: number,
): Promise<JsonFigures> {
  const { rows } = await admin.query<{ id: string }>('select id from household order by id limit $1', [sample]);
  const law = { numberOf: await numbersOf(admin), successors: await successorsOf(admin) };
  const engine = new Engine(codes.map(ruleOf), { allowUndefinedFacts: true });
  const mapper = makeMapper(url, entities);
  const orm = await mapper.orm();
  const started = performance.now();
  let [unknown, unknownTurnedFail] = [0, 0];
  for (let from = 0; from < rows.length; from += BATCH) {
    for (const household of await loadByMapper(
      orm,
      rows.slice(from, from + BATCH).map(({ id }) => id),
    )) {
      const facts: Record<string, boolean> = {};
      const open = new Set<string>();
      for (const code of codes) {
        const { outcome } = JUDGES[code]!(household, law);
        if (outcome === 'INCONCLUSIVE') open.add(code);
        else facts[code] = outcome === 'PASS' || outcome === 'NOT_APPLICABLE';
      }
      const { failureResults } = await engine.run(facts);
      unknown += open.size;
      unknownTurnedFail += failureResults.filter(({ name }) => open.has(String(name))).length;
    }
  }
  const seconds = (performance.now() - started) / 1000;
  await mapper.close();
  return { households: rows.length, seconds, unknown, unknownTurnedFail };
}
