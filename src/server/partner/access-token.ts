import { createHmac, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { DataKey } from '../../access/keyring';
import type { Hub } from '../../context';
import { HubError } from '../../errors';
import type { TrustedIssuer } from '../authenticate';

/** How long an access token of a partner holds, s. */
export const ACCESS_TOKEN_S = 300;
const ALG = 'HS256';
const TYP = 'at+jwt';

/** Access tokens that the hub gives to partners and reads itself: no other party has to check them, so no public key does. */
export interface AccessTokens {
  readonly issuer: TrustedIssuer;
  mint(clientId: string): Promise<string>;
}

const secretOf = ({ material }: DataKey): Buffer =>
  createHmac('sha256', material).update('access tokens of partners').digest();

/** Signed under the current service key, named by its id; those of a key that is not retired are still read. */
export function makeAccessTokens({ config, keys, now }: Pick<Hub, 'config' | 'keys' | 'now'>): AccessTokens {
  const serviceKeys = keys.of('service');
  const { publicUrl, OIDC_AUDIENCE, OIDC_ROLE_CLAIM } = config;
  const keyNamed = async ({ kid }: { kid?: string }): Promise<Buffer> => {
    const key = serviceKeys.readable().find(({ id }) => id === kid);
    if (!key) throw new HubError('UNAUTHENTICATED', 'authorization');
    return secretOf(key);
  };
  return {
    issuer: { issuer: publicUrl, keys: keyNamed, algorithms: [ALG], typ: TYP },
    mint(clientId) {
      const iat = Math.floor(now().getTime() / 1000);
      const current = serviceKeys.current();
      return new SignJWT({ [OIDC_ROLE_CLAIM]: 'PARTNER_SYSTEM', client_id: clientId })
        .setProtectedHeader({ alg: ALG, kid: current.id, typ: TYP })
        .setIssuer(publicUrl)
        .setAudience(OIDC_AUDIENCE)
        .setSubject(clientId)
        .setIssuedAt(iat)
        .setExpirationTime(iat + ACCESS_TOKEN_S)
        .setJti(randomUUID())
        .sign(secretOf(current));
    },
  };
}
