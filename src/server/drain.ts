import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HubError } from '../errors';
import { refusalBody, statusOf } from './faults';
import { JSON_TYPE, RETRY_AFTER_S, SAFE_HEADERS } from './headers';
import { requestIdOf } from './request-id';

/** How long a request under way may go on after the hub was told to stop. Less than a part of the program gets (src/cli/start/stopping). */
const DRAIN_MS = 3_500;

/** Lets a server end in order: what is under way is answered, or refused in words of the catalogue, and cut nowhere. */
export interface Drain {
  /** True where the request was refused because the hub is stopping. */
  refuses(request: IncomingMessage, response: ServerResponse): boolean;
  /** Resolves when nothing is under way any more. */
  begin(server: Server): Promise<void>;
}

export function makeDrain(ms = DRAIN_MS): Drain {
  const open = new Map<ServerResponse, string>();
  let stopping = false;
  let emptied: () => void = () => undefined;
  return {
    refuses(request, response) {
      const id = requestIdOf(request.headers['x-request-id']);
      if (stopping) {
        refuse(response, id);
        return true;
      }
      open.set(response, id);
      response.once('close', () => {
        open.delete(response);
        if (open.size === 0) emptied();
      });
      return false;
    },
    async begin(server) {
      stopping = true;
      const empty = new Promise<void>((resolve) => (emptied = resolve));
      for (const response of open.keys()) end(response);
      server.closeIdleConnections();
      if (open.size > 0) await orAfter(ms, empty);
      for (const [response, id] of open) refuse(response, id);
    },
  };
}

/** A stream of events ends here: its client comes back to another hub. An answer under way is the last on its connection. */
function end(response: ServerResponse): void {
  if (!response.headersSent) response.shouldKeepAlive = false;
  else if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end();
}

function refuse(response: ServerResponse, id: string): void {
  if (response.headersSent) return void response.destroy();
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
