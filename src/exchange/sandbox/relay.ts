import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Behaviour } from './mode';

/** Where the body of an HTTP answer begins in its first bytes; 0 for any other protocol. */
function bodyStart(chunk: Buffer): number {
  const blankLine = chunk.indexOf('\r\n\r\n');
  return blankLine < 0 ? 0 : blankLine + 4;
}

/** The head and half of the body. */
const half = (chunk: Buffer) => chunk.subarray(0, Math.floor((bodyStart(chunk) + chunk.length) / 2));

/** The head, and nonsense as long as the body. */
function nonsense(chunk: Buffer): Buffer {
  const start = bodyStart(chunk);
  return Buffer.from(chunk.map((byte, at) => (at < start ? byte : byte ^ 0xa5)));
}

async function drip(client: Socket, chunk: Buffer, pauseMs: number, signal: AbortSignal): Promise<void> {
  for (let at = 0; at < chunk.length; at++) {
    client.write(chunk.subarray(at, at + 1));
    await sleep(pauseMs, undefined, { signal });
  }
}

/** Hands one piece of an answer on, as the mode wants it; false when the conversation is over. */
async function deliver(client: Socket, chunk: Buffer, behaviour: Behaviour, signal: AbortSignal): Promise<boolean> {
  switch (behaviour.mode) {
    case 'black-hole':
      return true;
    case 'reset':
      client.resetAndDestroy();
      return false;
    case 'truncated':
      client.end(half(chunk));
      return false;
    case 'garbage':
      client.write(nonsense(chunk));
      return true;
    case 'drip':
      await drip(client, chunk, behaviour.dripMs, signal);
      return true;
    default:
      if (!client.write(chunk)) await new Promise((resolve) => client.once('drain', resolve).once('close', resolve));
      return true;
  }
}

/** Carries one connection to the agency and back. Requests always arrive: what a fault hides is the answer. */
export async function relay(
  client: Socket,
  target: NetConnectOpts,
  behaviour: () => Behaviour,
  overhear?: (bytes: Buffer) => void,
): Promise<void> {
  const upstream = connect({ ...target, noDelay: true } as NetConnectOpts);
  const gone = new AbortController();
  let askedAt = performance.now();
  const quiet = () => undefined; // a broken wire is this proxy's daily bread; 'close' follows and tidies up
  upstream.on('error', quiet);
  client.on('error', quiet).on('close', () => {
    gone.abort();
    upstream.destroy();
  });
  client.on('data', (bytes: Buffer) => {
    askedAt = performance.now();
    overhear?.(bytes);
    upstream.write(bytes);
  });
  try {
    for await (const chunk of upstream) {
      const now = behaviour();
      const pause = askedAt + (now.mode === 'slow' ? now.slowMs : now.delayMs) - performance.now();
      if (pause > 0) await sleep(Math.round(pause), undefined, { signal: gone.signal });
      if (!(await deliver(client, chunk, now, gone.signal))) break;
    }
    if (behaviour().mode !== 'black-hole') client.end();
  } catch {
    client.destroy(); // the agency broke off, or the client left during a pause
  }
}
