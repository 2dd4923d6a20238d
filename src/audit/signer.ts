import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785), its SHA-256, and a detached ES256 JWS (RFC 7515 appendix F) over it. */
export interface SignedDocument {
  readonly canonical: string;
  /** Lower-case hex. */
  readonly hash: string;
  /** `header..signature` */
  readonly signature: string;
}

export interface Signer {
  readonly keyId: string;
  readonly publicJwk: Record<string, unknown>;
  sign(document: object): SignedDocument;
  verify(canonical: string, signature: string): boolean;
}

const b64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');

/** @param privateKeyPem a P-256 key, PKCS #8. */
export function makeSigner(privateKeyPem: string): Signer {
  const key: KeyObject = createPrivateKey(privateKeyPem);
  const publicKey = createPublicKey(key);
  const publicJwk = publicKey.export({ format: 'jwk' }) as Record<string, unknown>;
  const keyId = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  const header = b64(JSON.stringify({ alg: 'ES256', kid: keyId }));
  const input = (canonical: string) => Buffer.from(`${header}.${b64(canonical)}`);
  return {
    keyId,
    publicJwk: { ...publicJwk, kid: keyId, alg: 'ES256', use: 'sig' },
    sign(document) {
      const canonical = canonicalize(document);
      if (canonical === undefined) throw new TypeError('a document to sign must be JSON');
      const signature = sign('sha256', input(canonical), { key, dsaEncoding: 'ieee-p1363' });
      return {
        canonical,
        hash: createHash('sha256').update(canonical).digest('hex'),
        signature: `${header}..${b64(signature)}`,
      };
    },
    verify(canonical, signature) {
      const [head, , proof] = signature.split('.');
      return (
        head === header &&
        verify(
          'sha256',
          input(canonical),
          { key: publicKey, dsaEncoding: 'ieee-p1363' },
          Buffer.from(proof ?? '', 'base64url'),
        )
      );
    },
  };
}
