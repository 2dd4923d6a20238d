import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { schemeOf, type PublicJwk } from '../access/crypto/signature';
import { soleKey, type DataKey, type PurposeKeys } from '../access/keyring';

/** Canonical JSON (RFC 8785), its SHA-256, and a detached JWS (RFC 7515 appendix F) over it. */
export interface SignedDocument {
  readonly canonical: string;
  /** Lower-case hex. */
  readonly hash: string;
  /** `header..signature` */
  readonly signature: string;
}

export interface Signer {
  /** Of the key that signs now. */
  readonly keyId: string;
  readonly publicJwk: Record<string, unknown>;
  /** Every public key that a document still in the world may name: current, coming, and those of before. */
  readonly publicJwks: readonly Record<string, unknown>[];
  sign(document: object): SignedDocument;
  /** By the key that the signature's header names. */
  verify(canonical: string, signature: string): boolean;
}

/** A key as its signatures name it. */
interface Named {
  readonly keyId: string;
  readonly header: string;
  readonly jwk: Record<string, unknown>;
}

const b64 = (bytes: Buffer | string): string => Buffer.from(bytes).toString('base64url');
const KEY_ID_LENGTH = 16;

/** Keys that signed before and sign no more: their public halves, as the key table keeps them. */
export type FormerKeys = () => readonly Record<string, unknown>[];

/**
 * @param given a P-256 key (PKCS #8 PEM), or the signing keys of the key table.
 */
export function makeSigner(given: string | PurposeKeys, former: FormerKeys = () => []): Signer {
  const keys = typeof given === 'string' ? soleKey(Buffer.from(given), 'es256-1') : given;
  const known = new Map<string, Named>();
  const nameOf = (key: DataKey): Named => {
    const named = known.get(key.id) ?? name(key);
    known.set(key.id, named);
    return named;
  };
  const publicJwks = () => {
    const live = [...keys.readable(), ...[keys.next() ?? []].flat()].map((key) => nameOf(key).jwk);
    return [...live, ...former().filter(({ kid }) => !live.some((jwk) => jwk['kid'] === kid))];
  };
  return {
    get keyId() {
      return nameOf(keys.current()).keyId;
    },
    get publicJwk() {
      return nameOf(keys.current()).jwk;
    },
    get publicJwks() {
      return publicJwks();
    },
    sign: (document) => signUnder(keys.current(), nameOf(keys.current()), document),
    verify(canonical, signature) {
      const [header = '', , proof = ''] = signature.split('.');
      const jwk = publicJwks().find((each) => header === headerOf(each));
      if (!jwk) return false;
      const scheme = schemeOf(jwk['alg'] === 'SM2-SM3' ? 'sm2' : 'es256');
      return scheme.verify(jwk, inputOf(header, canonical), Buffer.from(proof, 'base64url'));
    },
  };
}

const headerOf = ({ alg, kid }: PublicJwk): string => b64(JSON.stringify({ alg, kid }));
const inputOf = (header: string, canonical: string) => Buffer.from(`${header}.${b64(canonical)}`);

/** The public half of a signing key as JWKS publishes it; its kid is the start of a hash over the key. */
export function publishedJwk({ provider, material }: Pick<DataKey, 'provider' | 'material'>): Record<string, unknown> {
  const { alg, publicJwk, identity } = schemeOf(provider);
  const jwk = publicJwk(material.toString('utf8'));
  const kid = createHash('sha256').update(identity(jwk)).digest('hex').slice(0, KEY_ID_LENGTH);
  return { ...jwk, kid, alg, use: 'sig' };
}

function name(key: DataKey): Named {
  const jwk = publishedJwk(key);
  return { keyId: String(jwk['kid']), header: headerOf(jwk), jwk };
}

function signUnder({ provider, material }: DataKey, { header }: Named, document: object): SignedDocument {
  const canonical = canonicalize(document);
  if (canonical === undefined) throw new TypeError('a document to sign must be JSON');
  const signature = schemeOf(provider).sign(material.toString('utf8'), inputOf(header, canonical));
  return {
    canonical,
    hash: createHash('sha256').update(canonical).digest('hex'),
    signature: `${header}..${b64(signature)}`,
  };
}
