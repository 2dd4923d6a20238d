import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Freshness } from '../../src/exchange/sandbox/freshness';

/** Text of an element, with or without attributes, as npm `soap` hands it over. */
const elementText = z.union([z.string(), z.object({ $value: z.string() }).transform((element) => element.$value)]);

const Header = z.object({
  Security: z.object({
    UsernameToken: z.object({ Username: elementText, Password: elementText, Nonce: elementText, Created: elementText }),
  }),
});

/** Verifies a WS-Security UsernameToken with PasswordDigest (profile 1.0, §3.1): base64(sha1(nonce + created + password)). */
export function isAuthentic(
  headers: unknown,
  owner: { readonly username: string; readonly password: string },
  freshness: Freshness,
): boolean {
  const parsed = Header.safeParse(headers);
  if (!parsed.success) return false;
  const { Username, Password, Nonce, Created } = parsed.data.Security.UsernameToken;
  const nonce = Buffer.from(Nonce, 'base64');
  const expected = createHash('sha1').update(nonce).update(Created).update(owner.password).digest();
  const given = Buffer.from(Password, 'base64');
  if (Username !== owner.username || nonce.length === 0 || given.length !== expected.length) return false;
  return timingSafeEqual(given, expected) && freshness.take(nonce.toString('base64'), Date.parse(Created)) === 'FRESH';
}
