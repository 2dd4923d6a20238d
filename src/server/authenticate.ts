import { hash } from 'node:crypto';
import { jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { nothingGranted } from '../access/allowance';
import { holdsIdNumber } from '../access/identity';
import { ROLES, type Viewer } from '../access/viewer';
import type { Hub } from '../context';
import { HubError } from '../errors';

/** An issuer whose access tokens are believed, and its keys (`createRemoteJWKSet`, or `createLocalJWKSet` for the sandbox's own). */
export interface TrustedIssuer {
  readonly issuer: string;
  readonly keys: JWTVerifyGetKey;
  /** Signatures it may make, where they differ from those of OpenID Connect issuers. */
  readonly algorithms?: readonly string[];
  /** Header `typ` its tokens must bear. */
  readonly typ?: string;
}

export type Authenticate = (authorization: string | undefined) => Promise<Viewer>;

const ALGORITHMS = ['ES256', 'RS256', 'EdDSA'];
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
/** A verified token is not verified again for so long, nor beyond its own end. What a partner may do is not remembered. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_MAX = 10_000;

/** From an `Authorization` header to a viewer; a rush of requests verifies their token once. Throws UNAUTHENTICATED, whatever was wrong with the token. */
export function makeAuthenticate(hub: Hub, issuers: readonly TrustedIssuer[]): Authenticate {
  const seen = new LRUCache<string, { viewer: Viewer; until: number }>({ max: REMEMBERED_MAX });
  const underWay = new Map<string, Promise<Viewer>>();
  const believe = async (token: string, key: string): Promise<Viewer> => {
    const now = hub.now().getTime();
    const claims = await verify(token, hub, issuers);
    const viewer = viewerOf(claims, hub);
    seen.set(key, { viewer, until: Math.min(claims.exp! * 1000, now + REMEMBERED_MS) });
    return viewer;
  };
  return async (authorization) => {
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (!token) throw new HubError('UNAUTHENTICATED', 'authorization');
    const key = hash('sha256', token, 'base64');
    const known = seen.get(key);
    if (known && hub.now().getTime() < known.until) return known.viewer;
    const first = underWay.get(key) ?? believe(token, key).finally(() => underWay.delete(key));
    underWay.set(key, first);
    return first;
  };
}

/** Signature, issuer, expiry, and that the token is meant for us alone: each must be there (security.md §1, 11). */
async function verify(token: string, { config, now }: Hub, issuers: readonly TrustedIssuer[]): Promise<JWTPayload> {
  const trusted = issuers.find(({ issuer }) => issuer === issuerOf(token));
  if (!trusted) throw new HubError('UNAUTHENTICATED', 'authorization');
  const { payload } = await jwtVerify(token, trusted.keys, {
    issuer: trusted.issuer,
    audience: config.OIDC_AUDIENCE,
    algorithms: [...(trusted.algorithms ?? ALGORITHMS)],
    typ: trusted.typ,
    requiredClaims: ['exp', 'sub'],
    currentDate: now(),
  }).catch(() => {
    throw new HubError('UNAUTHENTICATED', 'authorization');
  });
  if (Array.isArray(payload.aud) && payload.aud.length !== 1) throw new HubError('UNAUTHENTICATED', 'authorization');
  return payload;
}

/** What the token says of its issuer, unverified: only to choose the keys. */
function issuerOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8')).iss;
  } catch {
    return undefined;
  }
}

/** Text that may be written to every log: plain, of the length of OpenID Connect, and no person's number. */
const isName = (claim: unknown): claim is string =>
  typeof claim === 'string' && /^[^\p{C}]{1,255}$/u.test(claim) && !holdsIdNumber(claim);

function viewerOf(claims: JWTPayload, hub: Hub): Viewer {
  if (!isName(claims.sub)) throw new HubError('UNAUTHENTICATED', 'authorization');
  const { OIDC_ROLE_CLAIM, OIDC_REGION_CLAIM, OIDC_PERSON_CLAIM } = hub.config;
  const role = ROLES.find((known) => known === claims[OIDC_ROLE_CLAIM]);
  const office = claims[OIDC_REGION_CLAIM];
  const regions = typeof office === 'string' ? hub.regions.scopeOf(office) : [];
  if (role === 'PARTNER_SYSTEM') return partnerViewer(claims, office, regions);
  if (!role || typeof office !== 'string' || regions.length === 0)
    throw new HubError('UNAUTHENTICATED', 'authorization');
  const person = claims[OIDC_PERSON_CLAIM];
  const self = role === 'APPLICANT_SELF' && typeof person === 'string' ? { person: person.toLowerCase() } : {};
  return { subject: claims.sub, issuer: claims.iss, role, office, regions, ...self };
}

/**
 * 合作部门系统: who it is, and nothing it may do. What it may is read at every request (`admitPartner`); a token need not
 * name a region, the grant does.
 */
function partnerViewer(claims: JWTPayload, office: unknown, regions: readonly string[]): Viewer {
  const subject = claims['client_id'] ?? claims['azp'];
  if (!isName(subject) || (office !== undefined && regions.length === 0))
    throw new HubError('UNAUTHENTICATED', 'authorization');
  const named = typeof office === 'string' ? office : null;
  return { subject, role: 'PARTNER_SYSTEM', office: named ?? '', regions, partner: nothingGranted(named) };
}
