import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Freshness } from '../../src/exchange/sandbox/freshness';
import type { HttpRequest } from '../../src/exchange/sandbox/http';

/** Verifies the signature described in openapi.json; the fault's code where it does not hold. */
export function signatureFault(
  request: HttpRequest,
  owner: { readonly keyId: string; readonly key: string },
  freshness: Freshness,
): 'BAD_SIGNATURE' | 'CLOCK_SKEW' | 'REPLAYED' | null {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')];
  if (header('x-key-id') !== owner.keyId || !/^\d{10}$/.test(timestamp) || !/^[\w-]{16,64}$/.test(nonce))
    return 'BAD_SIGNATURE';
  const bodyHash = createHash('sha256').update(request.body).digest('hex');
  const signed = [request.method, request.path, timestamp, nonce, bodyHash].join('\n');
  const expected = createHmac('sha256', owner.key).update(signed).digest();
  const given = Buffer.from(header('x-signature'), 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'BAD_SIGNATURE';
  const verdict = freshness.take(nonce, Number(timestamp) * 1000);
  return verdict === 'SKEWED' ? 'CLOCK_SKEW' : verdict === 'REPLAYED' ? 'REPLAYED' : null;
}
