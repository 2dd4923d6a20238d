import type { ServerResponse } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import { SAFE_HEADERS } from './headers';

const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events of one subscription (graphql-sse, distinct connections): `next` for each result, then `complete`.
 * A client that leaves ends the subscription.
 */
export async function streamEvents(
  response: ServerResponse,
  results: AsyncIterableIterator<FormattedExecutionResult>,
  requestId: string,
): Promise<void> {
  const headers = {
    ...SAFE_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
    'x-request-id': requestId,
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value); // so that the drain can tell a stream
  response.writeHead(200);
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.writableEnded || response.write(':\n\n'), HEARTBEAT_MS).unref();
  response.once('close', () => void results.return?.());
  try {
    for await (const result of results) {
      if (response.writableEnded) break; // the hub is stopping
      const flowing = response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
      if (!flowing && !response.destroyed)
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    if (!response.writableEnded) response.end('event: complete\ndata:\n\n');
  } finally {
    clearInterval(heartbeat);
    if (!response.writableEnded) response.destroy();
  }
}

/** Leaving goes straight to the source: an async generator that waits would not hear of it. */
export function mapped<In, Out>(items: AsyncIterable<In>, map: (item: In) => Out): AsyncIterableIterator<Out> {
  const source = items[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { done, value } = await source.next();
      return done ? { done, value: undefined } : { done: false, value: map(value) };
    },
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
