import type { Logger } from '../../log';
import type { Listener } from '../listener';
import type { HubKeys } from './open';

const EVERY_MS = 5_000;

/** Keeps a process's keys as the table has them: told at once by PostgreSQL, and looking by itself should that be missed. */
export function watchKeys(keys: HubKeys, listener: Listener, log: Logger): { stop(): void } {
  const stopping = new AbortController();
  const look = () => keys.refresh().catch((err: unknown) => log.warn({ err }, 'the key table cannot be read'));
  const timer = setInterval(look, EVERY_MS).unref();
  const follow = async () => {
    const changes = listener.follow('sealing_key', stopping.signal);
    while (!(await changes.next()).done) await look();
  };
  void follow();
  return {
    stop() {
      clearInterval(timer);
      stopping.abort();
    },
  };
}
