import { EventEmitter } from 'node:events';
import {
  Logger as QueueLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type { Logger } from '../log';
import type { Metrics } from '../metrics';
import { steadyHeap } from '../steady-heap';
import { openGuardian } from './guardian';
import type { Job } from './job';

/** What the worker itself needs of the process; jobs get the whole. */
export interface WorkerServices {
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'jobs'>;
}

export interface WorkerOptions<Services extends WorkerServices> {
  /** The queue's tables belong to the owner, and LISTEN needs a direct connection. */
  readonly ownerUrl: string;
  readonly services: Services;
  readonly jobs: readonly Job<Services>[];
  /** Jobs at once in this process, and as many patient ones. */
  readonly concurrency?: number;
}

export interface Worker {
  /**
   * Lets running jobs reach their next safe point, then ends. One that waits for an agency is not waited for: it loses its holder
   * here, and the next process takes it up as that of a killed one.
   */
  stop(): Promise<void>;
}

const RECLAIM_MS = 30_000;

/** How long a job may take to its next safe point. Less than a part of the program gets to stop (src/cli/start/stopping). */
const STOP_MS = 4_000;

/** Runs the jobs of the queue until stopped. Jobs left behind by a killed process are freed at once. */
export async function startWorker<Services extends WorkerServices>(options: WorkerOptions<Services>): Promise<Worker> {
  const { ownerUrl, services, jobs, concurrency = 4 } = options;
  steadyHeap();
  const stopping = new AbortController();
  const guardian = await openGuardian(ownerUrl, services.log);
  const reclaim = () =>
    guardian.reclaim().catch((err: unknown) => services.log.warn({ err }, 'dead workers were not looked for'));
  await reclaim();
  /* A job is locked in the name of the process's pool of workers. */
  const holders: string[] = [];
  const events: WorkerEvents = new EventEmitter();
  events.on('pool:create', ({ workerPool }) => holders.push(workerPool.id));
  let vouched: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (vouched = resolve));
  const lanes = [jobs.filter(({ patient }) => !patient), jobs.filter(({ patient }) => patient)];
  const runners = await Promise.all(
    lanes
      .filter((lane) => lane.length > 0)
      .map((lane) =>
        run({
          connectionString: ownerUrl,
          maxPoolSize: concurrency + 2,
          concurrency,
          noHandleSignals: true,
          logger: queueLogger(services.log),
          events,
          taskList: taskList(lane, services, stopping.signal, ready),
          parsedCronItems: cronItems(lane),
        }),
      ),
  );
  await guardian.vouch(holders);
  vouched();
  const timer = setInterval(reclaim, RECLAIM_MS).unref();
  return { stop: () => stop(runners, stopping, timer, guardian.close) };
}

async function stop(
  runners: readonly Runner[],
  stopping: AbortController,
  reclaiming: NodeJS.Timeout,
  release: () => Promise<void>,
): Promise<void> {
  clearInterval(reclaiming);
  stopping.abort();
  const stopped = Promise.all(runners.map((runner) => runner.stop()));
  stopped.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)));
  await Promise.race([stopped, late]).finally(() => clearTimeout(timer));
  await release();
}

const cronItems = (jobs: readonly Job<never>[]) =>
  parseCronItems(
    jobs.flatMap(({ task, schedule }) => (schedule ? [{ task, match: schedule, options: { jobKey: task } }] : [])),
  );

function taskList<Services extends WorkerServices>(
  jobs: readonly Job<Services>[],
  services: Services,
  signal: AbortSignal,
  ready: Promise<void>,
): TaskList {
  return Object.fromEntries(
    jobs.map((job) => [
      job.task,
      async (payload: unknown): Promise<void> => {
        await ready;
        await runJob(job, payload, services, signal);
      },
    ]),
  );
}

async function runJob<Services extends WorkerServices>(
  job: Job<Services>,
  payload: unknown,
  services: Services,
  signal: AbortSignal,
): Promise<void> {
  const measured = services.metrics.jobs.startTimer({ task: job.task });
  try {
    await job.run(payload, services, signal);
    measured({ outcome: 'done' });
  } catch (err) {
    measured({ outcome: 'failed' });
    services.log.error({ err, task: job.task }, 'a job failed and will be tried again');
    /* The queue keeps the message of what is thrown, and a driver's message may quote a row. */
    throw new Error(`${job.task}: ${err instanceof Error ? err.name : 'failed'}`);
  }
}

/** The queue's own messages: names and numbers of jobs only; texts of errors stay out, see {@link runJob}. */
function queueLogger(log: Logger): QueueLogger {
  return new QueueLogger((scope) => (level, message) => {
    const entry = { job: scope.jobId, task: scope.taskIdentifier, worker: scope.workerId };
    if (level === 'error') log.error(entry, message);
    else if (level === 'warning') log.warn(entry, message);
    else log.debug(entry, message);
  });
}
