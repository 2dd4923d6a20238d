import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { sm2 } from 'sm-crypto-v2';

/** A public key as JWKS publishes it, without kid, alg and use. */
export type PublicJwk = Readonly<Record<string, unknown>>;

/** 签名算法: private keys as text, so that a key table can hold those of every scheme. */
export interface SignatureScheme {
  /** Value of the JWS header `alg`. */
  readonly alg: string;
  freshKey(): string;
  /** Bytes of a public key over which its id is a hash. */
  identity(jwk: PublicJwk): Buffer;
  publicJwk(privateKey: string): PublicJwk;
  sign(privateKey: string, input: Buffer): Buffer;
  verify(jwk: PublicJwk, input: Buffer, signature: Buffer): boolean;
}

/* Parsing a key costs as much as signing with it. */
const parsed = new Map<string, KeyObject>();
function privateKeyOf(pem: string): KeyObject {
  const key = parsed.get(pem) ?? createPrivateKey(pem);
  parsed.set(pem, key);
  return key;
}

/** ECDSA on P-256 with SHA-256 (RFC 7518 §3.4). The private key is a PKCS #8 PEM. */
export const es256: SignatureScheme = {
  alg: 'ES256',
  freshKey() {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  },
  identity: (jwk) => publicKeyOf(jwk).export({ type: 'spki', format: 'der' }),
  publicJwk: (pem) => ({ ...createPublicKey(privateKeyOf(pem)).export({ format: 'jwk' }) }),
  sign: (pem, input) => sign('sha256', input, { key: privateKeyOf(pem), dsaEncoding: 'ieee-p1363' }),
  verify: (jwk, input, signature) =>
    verify('sha256', input, { key: publicKeyOf(jwk), dsaEncoding: 'ieee-p1363' }, signature),
};

const publicKeyOf = (jwk: PublicJwk) => createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });

const COORDINATE = 64; // hex digits

/**
 * SM2 with SM3 (GB/T 32918.2, the usual signer's id 1234567812345678). Not what Node's `sign` does with a key on the SM2
 * curve: that is ECDSA. The private key is 64 hex digits; no JOSE registry names the algorithm, so this `alg` is ours.
 */
export const sm2sm3: SignatureScheme = {
  alg: 'SM2-SM3',
  freshKey: () => sm2.generateKeyPairHex().privateKey,
  identity: ({ x, y }) => Buffer.from(`SM2\n${String(x)}\n${String(y)}`),
  publicJwk(privateKey) {
    const point = sm2.getPublicKeyFromPrivateKey(privateKey).slice(2);
    const [x, y] = [point.slice(0, COORDINATE), point.slice(COORDINATE)];
    return { kty: 'EC', crv: 'SM2', x: toBase64url(x), y: toBase64url(y) };
  },
  sign: (privateKey, input) => Buffer.from(sm2.doSignature(input, privateKey, { hash: true }), 'hex'),
  verify: ({ x, y }, input, signature) =>
    sm2.doVerifySignature(input, signature.toString('hex'), `04${toHex(x)}${toHex(y)}`, { hash: true }),
};

const toBase64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const toHex = (text: unknown): string => Buffer.from(String(text), 'base64url').toString('hex');

export const schemeOf = (provider: string): SignatureScheme => (provider === 'sm2' ? sm2sm3 : es256);
