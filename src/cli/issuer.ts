import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, SignJWT, type JWK } from 'jose';
import type { Role } from '../access/viewer';
import { writeWhole } from '../whole-file';

/** What a sandbox token says of its bearer. */
export interface Bearer {
  readonly role: Role;
  /** Region code of the office; of a partner, the region it works for. */
  readonly region: string;
  readonly subject: string;
  /** Of a partner system: its row in the table partner. */
  readonly clientId?: string;
}

/** The sandbox's own OpenID Connect issuer: it knows nobody and signs for anybody who can read .data. Never outside the sandbox. */
export interface SandboxIssuer {
  /** The claim `iss`; under it stand /jwks.json and /.well-known/openid-configuration. */
  readonly url: string;
  readonly jwks: { readonly keys: readonly JWK[] };
  /** The discovery document. */
  readonly configuration: Readonly<Record<string, unknown>>;
  /** @param ttl a span as jose reads it: '8h', '30m'. */
  mint(bearer: Bearer, ttl?: string): Promise<string>;
}

export interface IssuerOptions {
  readonly dataDir: string;
  readonly audience: string;
  readonly port: number;
}

const DEFAULT_PORT = 4000;
const ALG = 'ES256';
/** Where the gateway serves the issuer. */
export const ISSUER_PATH = '/sandbox/issuer';

/** The key pair and address are made once and kept, so that tokens outlive a restart and a change of port. */
export async function openIssuer({ dataDir, audience, port }: IssuerOptions): Promise<SandboxIssuer> {
  const { url, privateKeyPem } = keptIssuer(dataDir, port);
  const key = createPrivateKey(privateKeyPem);
  const publicJwk = createPublicKey(key).export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    url,
    jwks: { keys: [{ ...publicJwk, kid, alg: ALG, use: 'sig' }] },
    configuration: {
      issuer: url,
      jwks_uri: `${url}/jwks.json`,
      id_token_signing_alg_values_supported: [ALG],
      subject_types_supported: ['public'],
      response_types_supported: ['none'],
    },
    mint: ({ role, region, subject, clientId }, ttl = '8h') =>
      new SignJWT({ role, region, ...(clientId ? { client_id: clientId } : {}) })
        .setProtectedHeader({ alg: ALG, kid, typ: 'at+jwt' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(ttl)
        .setJti(randomUUID())
        .sign(key),
  };
}

function keptIssuer(dataDir: string, port: number): { url: string; privateKeyPem: string } {
  const file = join(dataDir, 'issuer.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const made = {
    url: `http://127.0.0.1:${port || DEFAULT_PORT}${ISSUER_PATH}`,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
  writeWhole(file, JSON.stringify(made, null, 2));
  return made;
}
