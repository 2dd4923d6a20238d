import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Role, Viewer } from '../../access/viewer';
import type { RequestContext } from '../../context';
import { HubError } from '../../errors';
import { FILE_READERS, INTAKE } from '../../../resolvers/housing/permissions';
import { letIn, type Reception } from '../let-in';
import { makeAdmission, type Places } from '../limits/admission';
import { refuseMethod } from '../refuse-method';
import { handOut } from './hand-out';
import { takeIn } from './take-in';
import { leaveRest, requestsOf } from './upload';

const PATH = '/files';
export const PLACES: Places = {
  ...{ atOnce: 'LIMIT_FILES_AT_ONCE', busy: 'LIMIT_FILES_AT_ONCE', waiting: 'LIMIT_FILES_WAITING' },
};

/** /files: what applicants hand in comes and goes as it is, with the token of an officer. */
export function openFileDoor(app: FastifyInstance, reception: Reception): void {
  const { hub } = reception;
  const places = makeAdmission(hub.config, PLACES, () => false);
  const askers = new WeakMap<FastifyRequest, Viewer>();
  const onRequest = async (request: FastifyRequest) =>
    void askers.set(request, await letIn(reception, request, requestsOf(request, hub.config)));
  const contextOf = (request: FastifyRequest, roles: readonly Role[]): RequestContext => {
    const viewer = askers.get(request)!;
    if (!roles.includes(viewer.role)) throw new HubError('FORBIDDEN');
    return { hub, viewer, purpose: null, requestId: request.id, loaders: new Map() };
  };
  void app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', (_request, _body, done) => done(null)); // read by whoever takes it in, whatever it is said to be
    door.post(PATH, { onRequest }, async (request, reply) => {
      const taken = await takeIn(contextOf(request, INTAKE), places, request).catch(
        leaveRest(request, reply, hub.config),
      );
      return reply.code(201).send(taken);
    });
    door.get<{ Params: { id: string } }>(`${PATH}/:id`, { onRequest }, async (request, reply) =>
      handOut(contextOf(request, FILE_READERS), places, request.params.id, reply),
    );
    door.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: PATH, handler: refuseMethod('POST') });
    door.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url: `${PATH}/:id`, handler: refuseMethod('GET, HEAD') });
  });
}
