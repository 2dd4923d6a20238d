import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Limits } from '../../limits';
import { OverLimit } from '../limits/over-limit';

/** A byte of a file costs less than one of a question, which is parsed: so many times less. */
const FILE_BYTES_SHARE = 16;

/** As how many requests an upload counts. */
export function requestsOf({ headers }: FastifyRequest, { LIMIT_FILE_BYTES, LIMIT_BODY_SHARE_BYTES }: Limits): number {
  const bytes = Number(headers['content-length'] ?? (headers['transfer-encoding'] ? LIMIT_FILE_BYTES : 0));
  return 1 + Math.floor(Math.min(bytes, LIMIT_FILE_BYTES) / (LIMIT_BODY_SHARE_BYTES * FILE_BYTES_SHARE));
}

/** The rest of a file that is refused is read and thrown away, so that the refusal is heard; of one without an end the connection ends. */
export const leaveRest =
  ({ raw, headers }: FastifyRequest, reply: FastifyReply, { LIMIT_FILE_BYTES }: Limits) =>
  (error: unknown): never => {
    if (!raw.complete) {
      if (Number(headers['content-length']) <= 2 * LIMIT_FILE_BYTES) raw.resume();
      else reply.header('connection', 'close');
    }
    throw error;
  };

const tooLarge = (most: number) => new OverLimit('LIMIT_FILE_BYTES', 'FILE_TOO_LARGE', undefined, `至多 ${most} 字节`);

/** No more of a body than a file may have; the connection stays, so that the refusal is heard. */
export async function* bodyOf(raw: IncomingMessage, most: number): AsyncGenerator<Buffer> {
  if (Number(raw.headers['content-length']) > most) throw tooLarge(most);
  let bytes = 0;
  for await (const part of raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) throw tooLarge(most);
    yield part;
  }
}
