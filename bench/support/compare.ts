import type { Child } from './child';
import { median, round } from './figures';
import type { HubReady } from './hub';
import { load, type Shot } from './load';

export interface Volley {
  readonly shots: (index: number) => Shot;
  readonly rounds: number;
  readonly requests: number;
  /** Requests before the first round, until V8 has compiled what runs often; as many as in a round unless told. */
  readonly warmUp?: number;
  readonly connections: number;
}

export interface RequestCost {
  readonly cpuMicroseconds: number;
  readonly p50Ms: number;
}

/** CPU of each process and latency per request; the processes take turns in every round, now one first, now the other. Medians of the rounds. */
export async function costPerRequest<Name extends string>(
  children: Readonly<Record<Name, Child<HubReady>>>,
  { shots, rounds, requests, connections, warmUp = requests }: Volley,
): Promise<Record<Name, RequestCost>> {
  const names = Object.keys(children) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, { cpu: [], latency: [] }])) as unknown as Record<
    Name,
    { cpu: number[]; latency: number[] }
  >;
  for (const name of names) await load(children[name].ready.url, shots, warmUp, connections);
  for (let index = 0; index < rounds; index++) {
    for (const name of index % 2 === 0 ? names : [...names].reverse()) {
      const child = children[name];
      const { cpu, result } = await child.cpuOf(() => load(child.ready.url, shots, requests, connections));
      samples[name].cpu.push((1000 * cpu) / requests);
      samples[name].latency.push(median(result.latencies));
    }
  }
  const costOf = ({ cpu, latency }: { cpu: number[]; latency: number[] }): RequestCost => ({
    cpuMicroseconds: Math.round(median(cpu)),
    p50Ms: round(median(latency)),
  });
  return Object.fromEntries(names.map((name) => [name, costOf(samples[name])])) as Record<Name, RequestCost>;
}
