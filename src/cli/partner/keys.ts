import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { Refusal } from '../refusal';

/** Signature algorithm of a key, as the token endpoint reads it. */
function algorithmOf({ kty, crv }: JWK): string {
  if (kty === 'EC' && crv === 'P-256') return 'ES256';
  if (kty === 'OKP' && crv === 'Ed25519') return 'EdDSA';
  if (kty === 'RSA') return 'PS256';
  throw new Refusal('A key must be EC P-256, Ed25519 or RSA of at least 2048 bits.');
}

/** A public key from a file: PEM, a JWK, or a JWK set with one key. Refuses a private key: the hub must never hold it. */
export async function readPublicKey(file: string): Promise<JWK> {
  const text = readText(file);
  if (/PRIVATE KEY/.test(text)) throw new Refusal(`${file} is a private key. Keep it; give the public one.`);
  const key = text.trimStart().startsWith('{') ? fromJwk(file, text) : parsed(file, () => createPublicKey(text));
  return publicJwk(key);
}

function fromJwk(file: string, text: string): KeyObject {
  const given = parsed(file, () => JSON.parse(text) as JWK & { keys?: JWK[] });
  const jwk = given.keys ? given.keys[0] : given;
  if (!jwk || (given.keys && given.keys.length !== 1)) throw new Refusal(`${file} must hold one key.`);
  if (jwk.d !== undefined || jwk.k !== undefined)
    throw new Refusal(`${file} is a private or shared key. Keep it; give the public one.`);
  return parsed(file, () => createPublicKey({ key: jwk as Record<string, unknown>, format: 'jwk' }));
}

async function publicJwk(key: KeyObject): Promise<JWK> {
  const jwk = key.export({ format: 'jwk' }) as JWK;
  const alg = algorithmOf(jwk);
  if (alg === 'PS256' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    throw new Refusal('An RSA key must have at least 2048 bits.');
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' };
}

/** A new P-256 key, its private half in a file that only its owner reads. Returns the public half. */
export async function makeKey(file: string): Promise<JWK> {
  if (existsSync(file))
    throw new Refusal(`${file} is there already: give its public key with --public-key, or another --key-file.`);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return publicJwk(publicKey);
}

/** A private key for signing, with the kid and algorithm under which its public half is registered. */
export async function readPrivateKey(file: string): Promise<{ key: KeyObject; kid: string; alg: string }> {
  const text = readText(file);
  const key = parsed(file, () => createPrivateKey(text));
  const { kid, alg } = await publicJwk(createPublicKey(key));
  return { key, kid: kid!, alg: alg! };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refusal(`${file} cannot be read.`);
  }
}

function parsed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new Refusal(`${file} holds no key that can be read (PEM, or a JWK).`);
  }
}
