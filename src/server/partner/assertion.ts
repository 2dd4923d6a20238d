import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import { holdsIdNumber } from '../../access/identity';
import type { Hub } from '../../context';
import { HubError } from '../../errors';
import { partnerKeys, useAssertion } from '../../store/partners';

/** Signatures a partner may make; whatever else a header names is refused before any key is looked at. */
export const ASSERTION_ALGORITHMS = ['ES256', 'EdDSA', 'PS256'];
/** From `iat` to `exp`, s (security.md §4). */
const LONGEST_LIFE_S = 300;
/** By how much a partner's clock may be wrong, s. */
const SKEW_S = 30;
const LONGEST_ASSERTION = 8_000;
const CLIENT_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;
const TYPES: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt'];

/**
 * The client that a JWT of its own proves (RFC 7523, private_key_jwt): signed with a registered key named by `kid`, for us
 * alone, not older or longer than five minutes, and never seen before by any process of the hub. Throws CLIENT_REFUSED.
 */
export async function provenClient(hub: Hub, assertion: string): Promise<string> {
  const clientId = claimedClient(assertion);
  const claims = await verified(hub, clientId, assertion);
  const jti = checkedJti(claims);
  const expires = new Date((claims.exp! + SKEW_S) * 1000);
  const fresh = await useAssertion(hub.db.app, clientId, jti, expires, hub.now());
  if (!fresh) throw refusal('jti：此断言已经用过，每次请求须签署新的断言');
  return clientId;
}

const refusal = (detail?: string): HubError => new HubError('CLIENT_REFUSED', 'client_assertion', detail);

/** Who it says it is, unverified: only to find the keys. Nothing is told of why it is refused before the signature holds. */
function claimedClient(assertion: string): string {
  if (assertion.length > LONGEST_ASSERTION) throw refusal();
  try {
    const { alg, kid, typ, crit } = decodeProtectedHeader(assertion);
    const { iss } = decodeJwt(assertion);
    const plain = typeof iss === 'string' && CLIENT_ID.test(iss) && !holdsIdNumber(iss) && crit === undefined;
    if (plain && ASSERTION_ALGORITHMS.includes(alg ?? '') && typeof kid === 'string' && TYPES.includes(typ)) return iss;
  } catch {
    throw refusal();
  }
  throw refusal();
}

async function verified(hub: Hub, clientId: string, assertion: string): Promise<JWTPayload> {
  const { publicUrl } = hub.config;
  const keys = await partnerKeys(hub.db.app, clientId);
  const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys }), {
    algorithms: ASSERTION_ALGORITHMS,
    issuer: clientId,
    subject: clientId,
    audience: [publicUrl, `${publicUrl}/oauth/token`],
    requiredClaims: ['exp', 'iat', 'jti'],
    clockTolerance: SKEW_S,
    maxTokenAge: LONGEST_LIFE_S,
    currentDate: hub.now(),
  }).catch((error: unknown) => {
    const claim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired;
    throw claim ? refusal(`${error.claim} 不符合要求`) : refusal();
  });
  if (Array.isArray(payload.aud) && payload.aud.length !== 1) throw refusal('aud 只能有一个');
  if (payload.exp! - payload.iat! > LONGEST_LIFE_S) throw refusal(`exp 距 iat 至多 ${LONGEST_LIFE_S} 秒`);
  return payload;
}

function checkedJti({ jti }: JWTPayload): string {
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 200)
    throw refusal('jti 须为 16 至 200 个字符，每次不同');
  return jti;
}
