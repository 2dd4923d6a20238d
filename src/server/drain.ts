import type { Server, ServerResponse } from 'node:http';
import { HubError } from '../errors';
import { refusalBody, statusOf } from './faults';
import { JSON_TYPE, RETRY_AFTER_S, SAFE_HEADERS } from './headers';
import { requestIdOf } from './request-id';

/** How long a request under way may go on after the hub was told to stop. Less than a part of the program gets (src/cli/start/stopping). */
const DRAIN_MS = 3_500;
/** And what is said then needs so long at most to leave. */
const FLUSH_MS = 500;

/** Lets a server end in order: what is under way is answered, or refused in words of the catalogue, and cut nowhere. */
export interface Drain {
  /** True where the request was refused because the hub is stopping. */
  refuses(response: ServerResponse): boolean;
  /** Resolves when nothing is under way any more. */
  begin(server: Server): Promise<void>;
}

export function makeDrain(ms = DRAIN_MS): Drain {
  const open = new Set<ServerResponse>();
  let stopping = false;
  let emptied: () => void = () => undefined;
  return {
    refuses(response) {
      if (stopping) {
        refuse(response);
        return true;
      }
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        if (open.size === 0) emptied();
      });
      return false;
    },
    async begin(server) {
      stopping = true;
      const empty = new Promise<void>((resolve) => (emptied = resolve));
      open.forEach(end);
      server.closeIdleConnections();
      if (open.size > 0) await orAfter(ms, empty);
      open.forEach(refuse);
      if (open.size > 0) await orAfter(FLUSH_MS, empty);
    },
  };
}

/** A stream of events ends here: its client comes back to another hub. An answer under way is the last on its connection. */
function end(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
  else if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end();
}

function refuse(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  const id = requestIdOf(response.req.headers['x-request-id']);
  const fault = new HubError('NOT_READY');
  const headers = { ...SAFE_HEADERS, 'content-type': JSON_TYPE, 'retry-after': RETRY_AFTER_S, 'x-request-id': id };
  response.shouldKeepAlive = false;
  response.writeHead(statusOf(fault.code), headers).end(JSON.stringify(refusalBody(fault, id)));
}

async function orAfter(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
