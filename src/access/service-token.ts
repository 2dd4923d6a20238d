import { createHmac, hash } from 'node:crypto';
import { SignJWT, jwtVerify } from 'jose';
import { HubError } from '../errors';
import type { DataKey, PurposeKeys } from './keyring';
import type { Session } from './session';
import { partnerRegions } from './allowance';
import type { PartnerLimits, PurposeGrant, Viewer } from './viewer';

/** In whose name the gateway asks a subgraph in another process: a token for one subgraph, one body, half a minute. */
export interface ServiceTokens {
  issue(subgraph: string, body: string, session: Session): Promise<string>;
  /** Throws UNAUTHENTICATED for a token that is forged, expired, or made for another subgraph or body. */
  read(token: string, subgraph: string, body: string): Promise<Session>;
}

interface Claims {
  /** Of a partner's request, whom it has reached stays with the gateway. */
  readonly viewer: Omit<Viewer, 'regions'>;
  readonly purpose: (Omit<PurposeGrant, Sets> & Readonly<Record<Sets, readonly string[]>>) | null;
  readonly requestId: string;
  /** SHA-256 of the body. */
  readonly bodyHash: string;
}
type Sets = 'persons' | 'sources' | 'fields';

export interface ServiceTokenOptions {
  readonly keys: PurposeKeys;
  readonly now: () => Date;
  /** Row scope of an office: hundreds of codes, made anew from the region tree rather than carried. */
  readonly scopeOf: (office: string) => readonly string[];
}

const ISSUER = 'anju-gateway';
const LIFETIME_S = 30;
const audienceOf = (subgraph: string): string => `anju-subgraph:${subgraph}`;
const digest = (body: string): string => hash('sha256', body, 'base64url');

const secretOf = ({ material }: DataKey): Buffer =>
  createHmac('sha256', material).update('subgraph service token').digest();

/** Signed under the current key, named by its id; those of a key that is not retired are still read. */
export function makeServiceTokens({ keys, now, scopeOf }: ServiceTokenOptions): ServiceTokens {
  const keyNamed = ({ kid }: { kid?: string }): Buffer => {
    const key = keys.readable().find(({ id }) => id === kid);
    if (!key) throw new HubError('UNAUTHENTICATED', 'authorization');
    return secretOf(key);
  };
  return {
    issue(subgraph, body, session) {
      const at = Math.floor(now().getTime() / 1000);
      const current = keys.current();
      return new SignJWT({ ...claimsOf(session, body) })
        .setProtectedHeader({ alg: 'HS256', kid: current.id })
        .setIssuer(ISSUER)
        .setAudience(audienceOf(subgraph))
        .setIssuedAt(at)
        .setExpirationTime(at + LIFETIME_S)
        .sign(secretOf(current));
    },
    async read(token, subgraph, body) {
      const { payload } = await jwtVerify<Claims>(token, keyNamed, {
        issuer: ISSUER,
        audience: audienceOf(subgraph),
        algorithms: ['HS256'],
        requiredClaims: ['exp', 'iat', 'viewer', 'requestId', 'bodyHash'],
        currentDate: now(),
      }).catch(() => {
        throw new HubError('UNAUTHENTICATED', 'authorization');
      });
      if (payload.bodyHash !== digest(body)) throw new HubError('UNAUTHENTICATED', 'authorization');
      const { viewer, purpose, requestId } = payload;
      return {
        viewer: viewer.partner
          ? asPartner(viewer, viewer.partner, scopeOf)
          : { ...viewer, regions: scopeOf(viewer.office) },
        purpose: purpose && { ...purpose, ...setsOf(purpose) },
        requestId,
      };
    },
  };
}

/** Row scope of its grant, not of its office; whom the request reaches is counted anew and told to the gateway. */
const asPartner = (
  viewer: Claims['viewer'],
  partner: PartnerLimits,
  scopeOf: ServiceTokenOptions['scopeOf'],
): Viewer => ({
  ...viewer,
  regions: partnerRegions(partner.scope, scopeOf),
  partner: { ...partner, allowance: { ...partner.allowance, reached: new Set() } },
});

const claimsOf = ({ viewer, purpose, requestId }: Session, body: string): Claims => ({
  viewer: withoutRegions(viewer),
  purpose: purpose && { ...purpose, ...listsOf(purpose) },
  requestId,
  bodyHash: digest(body),
});

const withoutRegions = ({ regions: _made, ...viewer }: Viewer): Claims['viewer'] => viewer;

const listsOf = ({ persons, sources, fields }: Readonly<Record<Sets, Iterable<string>>>) => ({
  persons: [...persons],
  sources: [...sources],
  fields: [...fields],
});

const setsOf = ({ persons, sources, fields }: Readonly<Record<Sets, Iterable<string>>>) => ({
  persons: new Set(persons),
  sources: new Set(sources),
  fields: new Set(fields),
});
