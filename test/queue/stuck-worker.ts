import 'reflect-metadata';
import { makeLog } from '../../src/log';
import { makeMetrics } from '../../src/metrics';
import { startWorker } from '../../src/queue/worker';

/** A process that takes a job and never ends it; the test kills it. */
void startWorker({
  ownerUrl: process.argv[2]!,
  services: { log: makeLog('silent'), metrics: makeMetrics() },
  jobs: [
    {
      task: 'errand',
      run: () => {
        process.stdout.write('stuck\n');
        return new Promise<void>((resolve) => setInterval(resolve, 2 ** 30));
      },
    },
  ],
});
