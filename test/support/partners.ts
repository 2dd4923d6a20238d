import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload, type KeyObject } from 'jose';
import { beijingDay } from '../../src/access/day';
import type { PartnerLimits } from '../../src/access/viewer';
import { registryOn } from '../../src/cli/partner/registry';
import type { TestDatabase } from './database';
import type { Asked, Asking, RunningHub, Who } from './running-hub';

type Base = Pick<TestDatabase, 'owner'>;

export interface Granted {
  readonly fields?: readonly string[];
  readonly purpose?: string;
  readonly regions?: readonly string[];
  readonly until?: string;
  readonly dailyPersons?: number;
  readonly keys?: readonly JWK[];
}

/** A partner with a grant, as the operator enters them. Returns the id of the grant. */
export async function addPartner({ owner }: Base, clientId: string, granted: Granted = {}): Promise<string> {
  const { keys = [] } = granted;
  await registryOn(owner).add({ clientId, name: clientId, agency: clientId, keys });
  return grantTo({ owner }, clientId, granted);
}

export const grantTo = ({ owner }: Base, clientId: string, granted: Granted = {}): Promise<string> => {
  const { fields, purpose = 'ADMISSION_REVIEW', regions = ['15', '45'], until = '2099-12-31' } = granted;
  const dailyPersons = granted.dailyPersons ?? 100_000;
  return registryOn(owner).grant({
    ...{ clientId, fields, purpose, regions, dailyPersons },
    validFrom: '2020-01-01',
    validUntil: until,
  });
};

/** Registers a text for a partner; returns its hash. */
export const registerText = (
  { owner }: Base,
  clientId: string,
  text: string,
  { purpose = 'ADMISSION_REVIEW', rowCap = 100_000 } = {},
): Promise<string> => registryOn(owner).register({ clientId, name: 'test', text, purpose, clause: 'IM-3.C6', rowCap });

const known = new WeakMap<object, Set<string>>();

/** Asks as a partner what it has registered first; a text is registered once. */
export async function askRegistered<Data = Record<string, unknown>>(
  running: RunningHub,
  who: Who,
  query: string,
  asking?: Asking,
): Promise<Asked<Data>> {
  const texts = known.get(running) ?? new Set<string>();
  known.set(running, texts);
  const client = who?.client_id;
  if (client !== undefined && !texts.has(`${client} ${query}`)) {
    texts.add(`${client} ${query}`);
    await registerText(running.base, client, query).catch(() => undefined); // an unknown partner, no GraphQL: asked as it is
  }
  return running.ask<Data>(who, query, asking);
}

/** The same hub, whose partners ask what they have registered first. */
export const registering = (running: RunningHub): RunningHub => ({
  ...running,
  ask: (who, ...asking) => (who?.client_id ? askRegistered(running, who, ...asking) : running.ask(who, ...asking)),
});

/** Limits of a partner that has no business with the database: whatever it reads there fails. */
export const limits = (purposes: readonly string[], fields: readonly string[], grantId = ''): PartnerLimits => ({
  ...{ purposes, fields },
  scope: { granted: ['15', '45'], office: null },
  allowance: { grantId, day: beijingDay(new Date()), rowCap: 100_000, reached: new Set() },
});

export interface PartnerKey {
  readonly jwk: JWK;
  /** A client assertion with these claims over sound ones; undefined leaves a claim out. */
  sign(claims?: JWTPayload, header?: Record<string, unknown>): Promise<string>;
}

/** A key that only the test holds, and assertions signed with it. */
export async function partnerKey(clientId: string, audience: string, now: () => Date): Promise<PartnerKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: `${clientId}-key`, alg: 'ES256' };
  return {
    jwk,
    sign(claims = {}, header = {}) {
      const iat = Math.floor(now().getTime() / 1000);
      const sound = { iss: clientId, sub: clientId, aud: audience, iat, exp: iat + 120, jti: randomUUID() };
      const payload = Object.fromEntries(Object.entries({ ...sound, ...claims }).filter(([, v]) => v !== undefined));
      const protectedHeader = { alg: 'ES256', kid: jwk.kid, ...header };
      return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(privateKey as CryptoKey | KeyObject);
    },
  };
}

/** Sends a form to the token endpoint. */
export async function requestToken(
  url: string,
  assertion: string,
  form: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const fields = {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...form,
  };
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
