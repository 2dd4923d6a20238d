import type { FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../errors';

/** @param allowed as the Allow header tells it: 'GET, HEAD'. */
export const refuseMethod =
  (allowed: string) =>
  async (_request: FastifyRequest, reply: FastifyReply): Promise<never> => {
    reply.header('allow', allowed);
    throw new HubError('METHOD_NOT_ALLOWED');
  };
