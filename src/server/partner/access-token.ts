import { createHmac, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Hub } from '../../context';
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

export function makeAccessTokens({ config, now }: Pick<Hub, 'config' | 'now'>): AccessTokens {
  const key = createHmac('sha256', config.secrets.SERVICE_KEY).update('access tokens of partners').digest();
  const { publicUrl, OIDC_AUDIENCE, OIDC_ROLE_CLAIM } = config;
  return {
    issuer: { issuer: publicUrl, keys: async () => key, algorithms: [ALG], typ: TYP },
    mint(clientId) {
      const iat = Math.floor(now().getTime() / 1000);
      return new SignJWT({ [OIDC_ROLE_CLAIM]: 'PARTNER_SYSTEM', client_id: clientId })
        .setProtectedHeader({ alg: ALG, typ: TYP })
        .setIssuer(publicUrl)
        .setAudience(OIDC_AUDIENCE)
        .setSubject(clientId)
        .setIssuedAt(iat)
        .setExpirationTime(iat + ACCESS_TOKEN_S)
        .setJti(randomUUID())
        .sign(key);
    },
  };
}
