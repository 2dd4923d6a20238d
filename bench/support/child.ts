import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpuMs } from './processes';

/** A program measured in a process of its own; it says `{ url }` (or anything JSON) to its parent when it is ready. */
export interface Child<Ready> {
  readonly pid: number;
  readonly ready: Ready;
  /** CPU milliseconds spent during the work. */
  cpuOf<T>(work: () => Promise<T>): Promise<{ cpu: number; result: T }>;
  stop(): Promise<void>;
}

export async function startChild<Ready>(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Child<Ready>> {
  const child: ChildProcess = fork(file, [...args], {
    execArgv: process.execArgv,
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`${file} ended with ${code} before it was ready`)),
  );
  const [ready] = (await Promise.race([once(child, 'message'), failed])) as [Ready];
  failed.catch(() => undefined);
  const pid = child.pid!;
  return {
    pid,
    ready,
    async cpuOf(work) {
      const before = cpuMs(pid);
      const result = await work();
      return { cpu: cpuMs(pid) - before, result };
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
