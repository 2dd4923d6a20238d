import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { makeLog } from '../../src/log';
import { makeMetrics } from '../../src/metrics';
import type { Job } from '../../src/queue/job';
import { enqueue } from '../../src/queue/enqueue';
import { startWorker, type Worker, type WorkerServices } from '../../src/queue/worker';
import { inScope } from '../../src/store/database';
import { testDatabase, type TestDatabase } from '../support/database';

describe('the queue', () => {
  let base: TestDatabase;
  const running: Worker[] = [];
  const services: WorkerServices = { log: makeLog('silent'), metrics: makeMetrics() };

  beforeAll(async () => void (base = await testDatabase()));
  afterEach(async () => {
    await Promise.all(running.splice(0).map((worker) => worker.stop()));
    await base.owner.query('delete from graphile_worker._private_jobs');
  });
  afterAll(() => base.close());

  const start = async (...jobs: Job<WorkerServices>[]): Promise<void> =>
    void running.push(await startWorker({ ownerUrl: base.ownerUrl, services, jobs }));

  /** A job that tells what it was given. */
  function listening(task: string): { job: Job<WorkerServices>; heard: Promise<unknown> } {
    let tell: (payload: unknown) => void;
    const heard = new Promise<unknown>((resolve) => (tell = resolve));
    return { job: { task, run: async (payload) => tell(payload) }, heard };
  }

  it('runs what a transaction of the app role put in, once it is committed', async () => {
    const { job, heard } = listening('errand');
    await start(job);
    await inScope(base.db.app, ['15'], (client) => client.query(enqueue({ task: 'errand', payload: { id: 'x' } })));
    await expect(heard).resolves.toEqual({ id: 'x' });
  });

  it('forgets what was put in by a transaction that failed', async () => {
    const failing = inScope(base.db.app, ['15'], async (client) => {
      await client.query(enqueue({ task: 'errand', payload: { id: 'x' } }));
      throw new Error('the act failed');
    });
    await expect(failing).rejects.toThrow('the act failed');
    const { rowCount } = await base.owner.query('select from graphile_worker.jobs');
    expect(rowCount).toBe(0);
  });

  it('keeps one waiting job per key, the last', async () => {
    for (const id of ['first', 'second']) {
      await inScope(base.db.app, [], (client) =>
        client.query(enqueue({ task: 'errand', payload: { id }, key: 'one' })),
      );
    }
    const { job, heard } = listening('errand');
    await start(job);
    await expect(heard).resolves.toEqual({ id: 'second' });
  });

  it('lets patient jobs, however many wait for slow agencies, take no place of the others', async () => {
    const put = (task: string, count: number) =>
      inScope(base.db.app, [], async (client) => {
        for (let id = 0; id < count; id++) await client.query(enqueue({ task, payload: { id: String(id) } }));
      });
    let [waiting, release, fill] = [0, (): void => undefined, (): void => undefined];
    const [released, full] = [
      new Promise<void>((done) => (release = done)),
      new Promise<void>((done) => (fill = done)),
    ];
    const patient: Job<WorkerServices> = {
      task: 'wait',
      patient: true,
      run: async () => {
        if (++waiting === 4) fill();
        await released;
      },
    };
    await put('wait', 20);
    const { job, heard } = listening('errand');
    await start(patient, job);
    await full;
    await put('errand', 1);
    await expect(heard).resolves.toEqual({ id: '0' });
    expect(waiting).toBe(4);
    release();
  });

  it('keeps no word of an error, which may quote a row, in its tables', async () => {
    const failing: Job<WorkerServices> = {
      task: 'errand',
      run: () => Promise.reject(new Error('Key (name)=(王小明)')),
    };
    await inScope(base.db.app, [], (client) => client.query(enqueue({ task: 'errand', payload: {} })));
    await start(failing);
    await until(async () => {
      const { rows } = await base.owner.query(
        'select last_error from graphile_worker.jobs where last_error is not null',
      );
      return rows[0]?.last_error as string | undefined;
    }).then((kept) => expect(kept).not.toContain('王小明'));
  });

  it('gives the job of a killed process to the next one at once', async () => {
    await inScope(base.db.app, [], (client) => client.query(enqueue({ task: 'errand', payload: { id: 'x' } })));
    const child = spawn(
      process.execPath,
      ['-r', '@swc-node/register', require.resolve('./stuck-worker.ts'), base.ownerUrl],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    await saying(child, 'stuck');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { job, heard } = listening('errand');
    await start(job);
    await expect(heard).resolves.toEqual({ id: 'x' });
  });

  it('leaves the job of a living process alone', async () => {
    let release: () => void = () => undefined;
    let began: () => void = () => undefined;
    let runs = 0;
    const underWay = new Promise<void>((resolve) => (began = resolve));
    const slow: Job<WorkerServices> = {
      task: 'slow',
      run: () => {
        runs++;
        began();
        return new Promise<void>((done) => (release = done));
      },
    };
    await start(slow);
    await inScope(base.db.app, [], (client) => client.query(enqueue({ task: 'slow', payload: {} })));
    await underWay;
    const { job, heard } = listening('errand');
    await start(slow, job);
    await inScope(base.db.app, [], (client) => client.query(enqueue({ task: 'errand', payload: { id: 'later' } })));
    await heard;
    release();
    expect(runs).toBe(1);
  });
});

/** Resolves when a child has written the word. */
function saying(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) =>
    child.stdout?.on('data', (data: Buffer) => data.toString().includes(word) && resolve()),
  );
}

/** Asks again until there is an answer. */
async function until<Value>(ask: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
}
