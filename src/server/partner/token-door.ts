import { parse } from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Hub } from '../../context';
import { FAULTS, HubError, type FaultCode } from '../../errors';
import { JSON_TYPE } from '../headers';
import type { Guard } from '../limits/guard';
import { leftEarly, noteRefusal } from '../limits/refused';
import { ACCESS_TOKEN_S, type AccessTokens } from './access-token';
import { ASSERTION_ALGORITHMS, provenClient } from './assertion';

export const TOKEN_PATH = '/oauth/token';
const FORM = 'application/x-www-form-urlencoded';
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Our codes in the words of RFC 6749 §5.2, which clients of OAuth read. */
const OAUTH_ERRORS: Partial<Record<FaultCode, string>> = { CLIENT_REFUSED: 'invalid_client', INTERNAL: 'server_error' };

export interface TokenDoor {
  readonly hub: Hub;
  readonly guard: Guard;
  readonly tokens: AccessTokens;
}

/** /oauth/token: an access token of five minutes for a client assertion (client_credentials with private_key_jwt). */
export function openTokenDoor(app: FastifyInstance, { hub, guard, tokens }: TokenDoor): void {
  const bodyLimit = hub.config.LIMIT_TOKEN_BODY_BYTES;
  const onRequest = async ({ raw }: FastifyRequest): Promise<void> => {
    guard.admission.refuseFull();
    await guard.rates.strangers.take(guard.addressOf(raw));
  };
  void app.register(async (door) => {
    door.removeAllContentTypeParsers();
    door.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit }, (_request, body, done) =>
      done(null, parse(String(body))),
    );
    door.setErrorHandler((error: Error, request, reply) => refuse(hub, error, request, reply));
    door.post(TOKEN_PATH, { onRequest }, async (request) => {
      const assertion = assertionIn(request.body);
      const clientId = await guard.admission.admit(() => provenClient(hub, assertion));
      return { access_token: await tokens.mint(clientId), token_type: 'Bearer', expires_in: ACCESS_TOKEN_S };
    });
    const others = ['GET', 'PUT', 'PATCH', 'DELETE'];
    door.route({ method: others, url: TOKEN_PATH, handler: async (_request, reply) => refuseMethod(reply) });
    door.get('/.well-known/oauth-authorization-server', async () => metadata(hub.config.publicUrl));
  });
}

/** RFC 8414. */
const metadata = (issuer: string) => ({
  issuer,
  token_endpoint: `${issuer}${TOKEN_PATH}`,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
});

function refuseMethod(reply: FastifyReply): never {
  reply.header('allow', 'POST');
  throw new HubError('METHOD_NOT_ALLOWED');
}

/** Each parameter once, no other grant, no other way to prove who one is. */
function assertionIn(body: unknown): string {
  const form = (body ?? {}) as Readonly<Record<string, unknown>>;
  const wrong = (field: string): never => {
    throw new HubError('MALFORMED_TOKEN_REQUEST', field);
  };
  if (form.grant_type !== 'client_credentials') wrong('grant_type');
  if (form.client_assertion_type !== JWT_BEARER) wrong('client_assertion_type');
  if ('client_secret' in form) wrong('client_secret');
  const { client_assertion: assertion } = form;
  return typeof assertion === 'string' && assertion !== '' ? assertion : wrong('client_assertion');
}

const FASTIFY_FAULTS: Readonly<Record<string, FaultCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MALFORMED_TOKEN_REQUEST',
  FST_ERR_CTP_BODY_TOO_LARGE: 'REQUEST_TOO_LARGE',
};

function refuse({ log, metrics }: Hub, error: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { id: requestId, raw } = request;
  const known = leftEarly(raw) ? 'MALFORMED_TOKEN_REQUEST' : FASTIFY_FAULTS[(error as { code?: string }).code ?? ''];
  if (!known && !(error instanceof HubError)) log.error({ err: error, requestId }, 'a token request failed');
  const told = error instanceof HubError ? error : new HubError(known ?? 'INTERNAL');
  const { code, field, message } = told;
  noteRefusal(metrics, told, reply, 'LIMIT_TOKEN_BODY_BYTES');
  const { http, remedy } = FAULTS[code];
  const oauth = OAUTH_ERRORS[code] ?? 'invalid_request';
  return reply
    .code(http)
    .type(JSON_TYPE)
    .send(
      JSON.stringify({
        error: oauth,
        error_description: message,
        code,
        ...(field ? { field } : {}),
        remedy,
        requestId,
      }),
    );
}
