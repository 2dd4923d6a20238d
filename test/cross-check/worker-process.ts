import 'reflect-metadata';
import type { Hub } from '../../src/context';
import { jobs } from '../../src/jobs';
import { startWorker } from '../../src/queue/worker';
import { openHub, type StageParts } from './stage';

/** A worker in a process of its own, for a test to kill. */
async function work(parts: StageParts): Promise<void> {
  await startWorker<Hub>({ ownerUrl: parts.ownerUrl, services: await openHub(parts), jobs });
}

void work(JSON.parse(process.argv[2]!));
