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
  response.writeHead(200, {
    ...SAFE_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
    'x-request-id': requestId,
  });
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS).unref();
  response.once('close', () => void results.return?.());
  try {
    for await (const result of results) {
      const flowing = response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
      if (!flowing && !response.destroyed)
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    response.end('event: complete\ndata:\n\n');
  } finally {
    clearInterval(heartbeat);
    if (!response.writableEnded) response.destroy();
  }
}
