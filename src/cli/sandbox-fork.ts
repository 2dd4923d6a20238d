import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { controlClient } from '../exchange/sandbox/control-client';
import type { ControlAddress } from '../exchange/sandbox/control-file';

/** What the parent tells the sandbox's process. `secret` in base64. */
export interface ChildOrder {
  readonly worldUrl: string;
  readonly secret: string;
  readonly logLevel: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly dataDir?: string;
}

interface Ready {
  readonly agencies: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly control: ControlAddress;
}

/** Starts the sandbox in a process of its own, so that the agencies' work is not counted as the hub's. */
export async function forkSandbox({ secret, ...order }: Omit<ChildOrder, 'secret'> & { readonly secret: Buffer }) {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', '@swc-node/register', '-r', join(__dirname, 'from-source.cjs')] : [];
  const child = fork(join(__dirname, `sandbox-child${extension}`), { execArgv });
  const ended = once(child, 'exit');
  child.send({ ...order, secret: secret.toString('base64') } satisfies ChildOrder);
  const first: unknown[] = await Promise.race([once(child, 'message'), ended]);
  const ready = first[0] as Ready | { readonly failed: string } | number | null;
  if (ready === null || typeof ready === 'number' || 'failed' in ready) {
    throw new Error(
      `The sandbox did not start: ${typeof ready === 'object' && ready ? ready.failed : `exit code ${ready}`}`,
    );
  }
  const close = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  return { agencies: ready.agencies, control: { ...ready.control, ...controlClient(ready.control) }, close };
}
