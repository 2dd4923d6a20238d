import { politely, type Person } from './property';
import type { SmallSandbox } from './world';

export const batchOf = (people: readonly Person[], items: readonly string[]) => ({
  purpose: 'HOUSING_SECURITY_REVIEW',
  items,
  persons: people.map(({ idNumber, name }, at) => ({
    ref: `q${at}`,
    cert: idNumber,
    name,
    caseNo: 'case-1',
    letterNo: 'letter-1',
  })),
});

export function askToken(small: SmallSandbox, secret?: string): Promise<Response> {
  const { url, clientId, clientSecret } = small.sandbox.agencies['civil-affairs'] as Record<string, string>;
  const authorization = `Basic ${Buffer.from(`${clientId}:${secret ?? clientSecret}`).toString('base64')}`;
  return politely(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
}

export async function tokenOf(small: SmallSandbox): Promise<string> {
  return ((await (await askToken(small)).json()) as { access_token: string }).access_token;
}

export function handIn(small: SmallSandbox, token: string, batch: object, patienceMs?: number): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return politely(
    `${small.sandbox.agencies['civil-affairs']!.url}/batches`,
    { method: 'POST', headers, body: JSON.stringify(batch) },
    patienceMs,
  );
}

export function collect(small: SmallSandbox, token: string, ticket: string, patienceMs?: number): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` };
  return politely(`${small.sandbox.agencies['civil-affairs']!.url}/batches/${ticket}`, { headers }, patienceMs);
}
