import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus figures of one process. Labels are names of ours, never a caller's or a person's value. */
export function makeMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const seconds = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Histogram({ name, help, labelNames, buckets: SECONDS, registers });
  const count = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  return {
    registry,
    requests: seconds('anju_http_seconds', 'Requests by door and status', ['door', 'status']),
    sourceCalls: seconds('anju_source_seconds', 'Calls to agencies by source and outcome', ['source', 'outcome']),
    sourcePeople: count('anju_source_people_total', 'People asked about, by source', ['source']),
    quarantined: count('anju_quarantined_answers_total', 'Answers set aside as source faults', ['source']),
    jobs: seconds('anju_job_seconds', 'Jobs by task and outcome', ['task', 'outcome']),
    cachedPages: count('anju_cached_pages_total', 'Public pages sent from memory; not among the requests', []),
    refused: count('anju_refused_total', 'Requests refused by a limit, by setting', ['limit']),
    ready: new Gauge({
      name: 'anju_ready',
      help: '1 when database, migrations and supergraph are usable',
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof makeMetrics>;
