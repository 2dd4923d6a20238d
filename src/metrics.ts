import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Prometheus figures of one process. Labels are names of ours, never a caller's or a person's value. */
export function makeMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({ name: 'anju_http_seconds', help: 'Requests by door and status', labelNames: ['door', 'status'], buckets: SECONDS, registers }),
    cachedPages: new Counter({ name: 'anju_cached_pages_total', help: 'Public pages sent from the memory of this process; not among the requests', registers }),
    sourceCalls: new Histogram({ name: 'anju_source_seconds', help: 'Calls to agencies by source and outcome', labelNames: ['source', 'outcome'], buckets: SECONDS, registers }),
    sourcePeople: new Counter({ name: 'anju_source_people_total', help: 'People asked about, by source', labelNames: ['source'], registers }),
    quarantined: new Counter({ name: 'anju_quarantined_answers_total', help: 'Answers set aside as source faults', labelNames: ['source'], registers }),
    jobs: new Histogram({ name: 'anju_job_seconds', help: 'Jobs by task and outcome', labelNames: ['task', 'outcome'], buckets: SECONDS, registers }),
    ready: new Gauge({ name: 'anju_ready', help: '1 when database, migrations and supergraph are usable', registers }),
  };
}

export type Metrics = ReturnType<typeof makeMetrics>;
