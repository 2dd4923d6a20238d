import type { FastifyInstance } from 'fastify';
import type { Signer } from '../audit/signer';

/** /.well-known/jwks.json (RFC 7517): the public keys of reports, those of before a rotation included, so that anyone can check one without asking us. */
export function openSigningKeys(app: FastifyInstance, signer: Signer): void {
  app.get('/.well-known/jwks.json', async () => ({ keys: signer.publicJwks }));
}
