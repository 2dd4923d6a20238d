import { Client } from 'pg';
import type { Logger } from '../log';

/** PostgreSQL NOTIFY to in-process subscribers, over one direct connection that comes back after a loss. */
export interface Listener {
  /** Payloads of a channel from now on; ends when the signal aborts. */
  follow(channel: string, signal: AbortSignal): AsyncGenerator<string>;
  close(): Promise<void>;
}

const CHANNELS = ['cross_check', 'sealing_key'] as const;
const RETRY_MS = 1000;

export async function openListener(url: string, log: Logger): Promise<Listener> {
  const subscribers = new Map<string, Set<(payload: string) => void>>();
  let client: Client | undefined;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url, application_name: 'anju_listener' });
    await fresh.connect();
    fresh.on('notification', ({ channel, payload }) =>
      subscribers.get(channel)?.forEach((tell) => tell(payload ?? '')),
    );
    fresh.on('error', (err) => log.warn({ err }, 'the listener lost its connection'));
    fresh.once('end', reconnect);
    for (const channel of CHANNELS) await fresh.query(`listen ${channel}`);
    client = fresh;
    if (closed) await fresh.end();
  };
  const reconnect = (): void => {
    if (!closed) retry = setTimeout(() => void connect().catch(reconnect), RETRY_MS).unref();
  };
  await connect();
  return {
    follow: (channel, signal) => followChannel(subscribers, channel, signal),
    async close() {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}

async function* followChannel(
  subscribers: Map<string, Set<(payload: string) => void>>,
  channel: string,
  signal: AbortSignal,
) {
  const waiting: string[] = [];
  let wake = () => undefined as void;
  const tell = (payload: string) => {
    waiting.push(payload);
    wake();
  };
  const group = subscribers.get(channel) ?? new Set();
  subscribers.set(channel, group.add(tell));
  const stop = () => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const next = waiting.shift();
      if (next !== undefined) yield next;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    group.delete(tell);
    signal.removeEventListener('abort', stop);
  }
}
