import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { SmallSandbox } from './world';

export interface Person {
  readonly idNumber: string;
  readonly name: string;
}

/** Fetches with a patience of its own, on a connection of its own. */
export const politely = (url: string, init: RequestInit, patienceMs = 5_000) =>
  fetch(url, { ...init, headers: { ...init.headers, connection: 'close' }, signal: AbortSignal.timeout(patienceMs) });

export const unitQuery = (people: readonly Person[], items: readonly string[]) => ({
  purpose: 'HOUSING_SECURITY_REVIEW',
  items,
  subjects: people.map(({ idNumber, name }, at) => ({
    ref: `q${at}`,
    certType: '111',
    certNo: idNumber,
    name,
    caseNo: 'case-1',
    letterNo: 'letter-1',
  })),
});

/** A signed request to the property agency; `change` spoils the headers after signing. */
export function signed(
  small: SmallSandbox,
  query: object,
  change: (headers: Record<string, string>) => object = () => ({}),
) {
  const { url, keyId, key } = small.sandbox.agencies.property as { url: string; keyId: string; key: string };
  const body = JSON.stringify(query);
  const timestamp = String(Math.floor(small.time.now.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const hash = createHash('sha256').update(body).digest('hex');
  const signature = createHmac('sha256', key)
    .update(['POST', '/v1/units/query', timestamp, nonce, hash].join('\n'))
    .digest('hex');
  const headers = { 'x-key-id': keyId, 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature };
  return [`${url}/v1/units/query`, { method: 'POST', body, headers: { ...headers, ...change(headers) } }] as const;
}
