import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Viewer } from '../../access/viewer';
import { PLACES } from '../files/door';
import { leaveRest, requestsOf } from '../files/upload';
import { letIn, type Reception } from '../let-in';
import { makeAdmission } from '../limits/admission';
import { refuseMethod } from '../refuse-method';
import { bringIn } from './bring-in';

const PATH = '/imports';

/** /imports: a table of applications or households comes as it is, with the token of an officer; what became of each row goes back as it becomes. */
export function openImportDoor(app: FastifyInstance, reception: Reception): void {
  const { hub } = reception;
  const places = makeAdmission(hub.config, PLACES, () => false);
  const askers = new WeakMap<FastifyRequest, Viewer>();
  const onRequest = async (request: FastifyRequest) =>
    void askers.set(request, await letIn(reception, request, requestsOf(request, hub.config)));
  void app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser('*', (_request, _body, done) => done(null)); // read by whoever brings it in, whatever it is said to be
    door.post(PATH, { onRequest }, async (request, reply) => {
      const viewer = askers.get(request)!;
      const context = { hub, viewer, purpose: null, requestId: request.id, loaders: new Map() };
      const report = await bringIn(context, places, request).catch(leaveRest(request, reply, hub.config));
      return reply.header('cache-control', 'no-store').type('application/x-ndjson').send(report);
    });
    door.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: PATH, handler: refuseMethod('POST') });
  });
}
