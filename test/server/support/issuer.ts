import { CompactSign, createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { TrustedIssuer } from '../../../src/server/authenticate';

export interface TestIssuer extends TrustedIssuer {
  /** A token with these claims over sound ones; undefined leaves a claim out. */
  mint(claims?: JWTPayload, header?: { alg?: string }): Promise<string>;
  /** Any text under the issuer's true signature, and under any header. */
  sign(text: string, header?: object): Promise<string>;
  /** The issuer's public key. */
  readonly jwk: JWK;
}

/** An issuer whose key only the test holds. */
export async function testIssuer(now: () => Date, issuer = 'http://issuer.test'): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  return {
    issuer,
    jwk,
    sign: (text, header = {}) =>
      new CompactSign(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: 'ES256', kid: 'test', ...header })
        .sign(privateKey),
    keys: createLocalJWKSet({ keys: [jwk] }),
    mint(claims = {}) {
      const iat = Math.floor(now().getTime() / 1000);
      const sound = {
        iss: issuer,
        aud: 'anju-hub',
        sub: 'officer',
        iat,
        exp: iat + 3600,
        role: 'COUNTY_HOUSING',
        region: '150402',
      };
      const payload = Object.fromEntries(
        Object.entries({ ...sound, ...claims }).filter(([, value]) => value !== undefined),
      );
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'test' }).sign(privateKey);
    },
  };
}
