import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { connectors } from '../../connectors';
import { sandboxUrl } from '../../src/cli/server';
import type { Connector, Subject } from '../../src/exchange/connector';
import { factsOf } from '../../src/exchange/fact';
import { median } from '../support/figures';
import type { World } from '../support/world';

const ASKED = 60;
const WARM_UP = 10;
const PEOPLE = 4;

/** Agencies that answer later, and stay apart. */
const DEFERRING = ['civil-affairs', 'police'];
export const AT_ONCE = connectors.filter(({ name }) => !DEFERRING.includes(name));

/** Median latency of each agency asked directly by its connector about four people, nothing stored or logged, ms. */
export async function directLatencies(world: World): Promise<Record<string, number>> {
  const people = await somePeople(world);
  const latencies: Record<string, number> = {};
  for (const connector of AT_ONCE) latencies[connector.name] = await latencyOf(connector, world, people);
  return latencies;
}

async function latencyOf(connector: Connector, { agencies }: World, people: readonly Subject[]): Promise<number> {
  const agency = connector.open(agencies.agencies[connector.name]!, () => new Date());
  const fields = [...factsOf(connector.record).keys()];
  const taken: number[] = [];
  for (let index = 0; index < WARM_UP + ASKED; index++) {
    const started = performance.now();
    const signal = AbortSignal.timeout(5000);
    const outcome = await agency.ask(people, { purpose: 'ADMISSION_REVIEW', fields, signal });
    if (!('answers' in outcome) || outcome.answers.length !== PEOPLE)
      throw new Error(`${connector.name} did not answer`);
    if (index >= WARM_UP) taken.push(performance.now() - started);
  }
  await agency.close?.();
  return median(taken);
}

async function somePeople({ ownerUrl }: World): Promise<Subject[]> {
  const agencies = new Client({ connectionString: sandboxUrl(ownerUrl) });
  await agencies.connect();
  const { rows } = await agencies.query<Pick<Subject, 'idNumber' | 'name'>>(
    'select id_number as "idNumber", name from civil.person order by id_number limit $1',
    [PEOPLE],
  );
  await agencies.end();
  return rows.map((row) => ({ ...row, ref: randomUUID(), caseId: randomUUID(), letterId: randomUUID() }));
}
