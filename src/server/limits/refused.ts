import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { HubError } from '../../errors';
import type { LimitName } from '../../limits';
import type { Metrics } from '../../metrics';
import { OverLimit } from './over-limit';

/** Counts a refusal by a limit, and says when it may be otherwise. `bodyLimit`: the one that Fastify was given. */
export function noteRefusal({ refused }: Metrics, fault: HubError, reply: FastifyReply, bodyLimit: LimitName): void {
  if (fault.code === 'REQUEST_TOO_LARGE') refused.inc({ limit: bodyLimit });
  if (fault.code === 'FILES_FULL') refused.inc({ limit: 'LIMIT_FILES' satisfies LimitName });
  if (!(fault instanceof OverLimit)) return;
  refused.inc({ limit: fault.limit });
  if (fault.retryAfter === undefined) return;
  reply.header('retry-after', fault.retryAfter);
  /* What is left of a body is read and thrown away to keep its connection; of a flood's large bodies that costs more than all else. */
  const { complete, headers } = reply.request.raw;
  if (!complete && !(Number(headers['content-length']) <= DRAINED_BYTES)) reply.header('connection', 'close');
}

const DRAINED_BYTES = 65_536;

/** Gone, or cut off, before its body was read: nobody hears the answer, and it is no fault of ours. */
export const leftEarly = ({ complete, destroyed }: IncomingMessage): boolean => destroyed && !complete;
