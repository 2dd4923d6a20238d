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
  /** Every agency is to have the same made-up person on record, and the hub to ask about it with every page. */
  readonly control?: boolean;
}

interface Failed {
  readonly failed: string;
}

interface Ready {
  readonly agencies: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly control: ControlAddress;
}

type Order = Omit<ChildOrder, 'secret'> & { readonly secret: Buffer };

/** A process of the sandbox that has begun, and loads what it needs. */
export interface LaunchedSandbox {
  /** Opens the agencies; once. */
  open(order: Order): Promise<Ready & { readonly control: ReturnType<typeof controlClient> }>;
  close(): Promise<void>;
}

/** Begins the sandbox's process, so that the agencies' work is not counted as the hub's. */
export function launchSandbox(): LaunchedSandbox {
  const extension = extname(__filename);
  const execArgv = extension === '.ts' ? ['-r', '@swc-node/register', '-r', join(__dirname, 'from-source.cjs')] : [];
  const child = fork(join(__dirname, `sandbox-child${extension}`), { execArgv });
  const ended = once(child, 'exit');
  ended.catch(() => undefined); // told by open
  return {
    async open({ secret, ...order }) {
      child.send({ ...order, secret: secret.toString('base64') } satisfies ChildOrder);
      const [ready]: unknown[] = await Promise.race([once(child, 'message'), ended]);
      const { agencies, control } = readyOf(ready as Ready | Failed | number | null);
      return { agencies, control: { ...control, ...controlClient(control) } };
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function readyOf(said: Ready | Failed | number | null): Ready {
  if (typeof said === 'object' && said && !('failed' in said)) return said;
  const why = typeof said === 'object' && said ? said.failed : `exit code ${said}`;
  throw new Error(`The sandbox did not start: ${why}`);
}

/** Starts the sandbox in a process of its own and waits for its agencies. */
export async function forkSandbox(order: Order) {
  const { open, close } = launchSandbox();
  return { ...(await open(order)), close };
}
