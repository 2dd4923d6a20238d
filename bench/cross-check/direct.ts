import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { connectors } from '../../connectors';
import { sandboxUrl } from '../../src/cli/server';
import type { Connector, Subject } from '../../src/exchange/connector';
import { factsOf } from '../../src/exchange/fact';
import { median } from '../support/figures';
import type { World } from '../support/world';
import { anyMoment } from './any-moment';

const ASKED = 120;
const WARM_UP = 10;
const PEOPLE = 4;

/** Agencies that answer later, and stay apart. */
const DEFERRING = ['civil-affairs', 'police'];
export const AT_ONCE = connectors.filter(({ name }) => !DEFERRING.includes(name));

/** Medians, ms, of the agencies asked directly by their connectors about four people, nothing stored or logged. */
export interface Direct {
  /** Each alone. */
  readonly alone: Readonly<Record<string, number>>;
  /** All at once, as a household's question asks them, until the slowest has answered. */
  readonly together: number;
}

export async function directLatencies(world: World): Promise<Direct> {
  const people = await somePeople(world);
  const agencies = AT_ONCE.map((connector) => opened(connector, world, people));
  const alone: Record<string, number> = {};
  for (const { name, ask } of agencies) alone[name] = await latencyOf(ask);
  const together = await latencyOf(() => Promise.all(agencies.map(({ ask }) => ask())));
  for (const { close } of agencies) await close();
  return { alone, together };
}

function opened(connector: Connector, { agencies }: World, people: readonly Subject[]) {
  const { name } = connector;
  const agency = connector.open(agencies.agencies[name]!, () => new Date());
  const fields = [...factsOf(connector.record).keys()];
  const ask = async (): Promise<void> => {
    const signal = AbortSignal.timeout(5000);
    const outcome = await agency.ask(people, { purpose: 'ADMISSION_REVIEW', fields, signal });
    if (!('answers' in outcome) || outcome.answers.length !== PEOPLE) throw new Error(`${name} did not answer`);
  };
  return { name, ask, close: async () => agency.close?.() };
}

async function latencyOf(ask: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < WARM_UP + ASKED; index++) {
    await anyMoment();
    const started = performance.now();
    await ask();
    if (index >= WARM_UP) taken.push(performance.now() - started);
  }
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
