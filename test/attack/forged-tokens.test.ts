import { randomUUID } from 'node:crypto';
import { subgraphs } from '../../resolvers';
import { makeServiceTokens } from '../../src/access/service-token';
import { startSubgraphs, type RunningServer } from '../../src/server/start';
import { openStage, UNCOUNTED, type Stage } from '../server/support/stage';
import { testIssuer } from '../server/support/issuer';
import { forgeriesOf, unsoundClaims } from './forged-tokens';

let stage: Stage;
let apart: RunningServer;
let forged: [string, string][];
let service: [string, string][];
const BODY = '{"query":"{ __typename }"}';
beforeAll(async () => {
  stage = await openStage({ settings: UNCOUNTED });
  apart = await startSubgraphs(stage.hub, { subgraphs, pendingMigrations: async () => [] });
  const { issuer, hub } = stage;
  const sound = JSON.parse(Buffer.from((await issuer.mint()).split('.')[1]!, 'base64url').toString()) as object;
  const now = Math.floor(Date.now() / 1000);
  const unsound = unsoundClaims(now, issuer.issuer).map(
    async ([what, claims]): Promise<[string, string]> => [
      what,
      await issuer.sign(JSON.stringify({ ...sound, ...claims })),
    ],
  );
  forged = [...forgeriesOf(await issuer.mint(), issuer.jwk), ...(await Promise.all(unsound))];
  const stranger = await testIssuer(hub.now);
  forged.push(['the true issuer’s name, another’s key', await stranger.mint()]);
  forged.push(['a token for a subgraph', await serviceToken()]);
  service = [...forgeriesOf(await serviceToken(), issuer.jwk), ['an officer’s', await issuer.mint()]];
});
afterAll(async () => {
  await apart.close();
  await stage.close();
});

const serviceToken = (): Promise<string> => {
  const { hub } = stage;
  const keys = hub.keys.of('service');
  const tokens = makeServiceTokens({ keys, now: hub.now, scopeOf: (office) => hub.regions.scopeOf(office) });
  const viewer = { subject: 'a', role: 'COUNTY_HOUSING' as const, office: '150402', regions: ['150402'] };
  return tokens.issue('housing', BODY, { viewer, purpose: null, requestId: randomUUID() });
};

async function knock(url: string, headers: Record<string, string>, body = BODY) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same', ...headers },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** More than Node reads of a head: refused before the hub sees it. */
const isTooLong = (token: string): boolean => token.length > 16_000;

async function refusals(url: string, tokens: readonly [string, string][]): Promise<Map<string, string[]>> {
  const said = new Map<string, string[]>();
  for (const [what, token] of tokens) {
    const { status, text } = await knock(url, { authorization: `Bearer ${token}` });
    const key = isTooLong(token) ? `long ${status}` : `${status} ${text}`;
    said.set(key, [...(said.get(key) ?? []), what]);
  }
  return said;
}

describe('a forged token', () => {
  it('comes in more than ninety kinds', () => expect(new Set(forged.map(([what]) => what)).size).toBeGreaterThan(90));

  it('is refused at the door of officers with 401 and one text, whatever is wrong with it', async () => {
    const said = await refusals(`${stage.url}/graphql`, forged);
    expect(said.get('200 {"data":{"__typename":"Query"}}')).toBeUndefined();
    expect([...said.keys()].sort()).toEqual([
      expect.stringMatching(/^401 \{"errors":\[\{"message":"[^"]+","extensions":\{"code":"UNAUTHENTICATED"/),
      'long 431',
    ]);
    expect((await knock(`${stage.url}/graphql`, { authorization: `Bearer ${await stage.issuer.mint()}` })).status).toBe(
      200,
    );
  });

  it('is refused at the door of a subgraph likewise', async () => {
    const url = `${apart.url}/subgraphs/housing`;
    const said = await refusals(url, service);
    expect([...said.keys()].sort()).toEqual([expect.stringMatching(/^401 .*"UNAUTHENTICATED"/), 'long 431']);
    expect((await knock(url, { authorization: `Bearer ${await serviceToken()}` })).status).toBe(200);
  });

  it('changes nothing at the public door, which reads none', async () => {
    const url = `${stage.url}/public/graphql?documentId=registered-objects&variables=%7B%22region%22%3A%2215%22%7D`;
    const page = async (headers: Record<string, string>) => {
      const response = await fetch(url, { headers });
      return [response.status, await response.text()];
    };
    const without = await page({});
    expect(without[0]).toBe(200);
    for (const [what, token] of forged)
      if (!isTooLong(token)) expect([what, await page({ authorization: `Bearer ${token}` })]).toEqual([what, without]);
  });

  it('of a claim twice is worth its last, as JSON is read everywhere (RFC 7519 §4)', async () => {
    const { issuer } = stage;
    const text = Buffer.from((await issuer.mint()).split('.')[1]!, 'base64url').toString();
    const status = async (twice: string) =>
      (await knock(`${stage.url}/graphql`, { authorization: `Bearer ${await issuer.sign(twice)}` })).status;
    expect(await status(text.replace('{', '{"role":"ADMIN",'))).toBe(200);
    expect(await status(text.replace(/\}$/, ',"role":"ADMIN"}'))).toBe(401);
    expect(await status(text.replace(/\}$/, ',"exp":1}'))).toBe(401);
    expect(await status(text.replace(/\}$/, ',"aud":"other"}'))).toBe(401);
  });
});

/** The last letter of base64url carries spare bits, which a lenient reader drops. */
const sameBytes = (text: string): string =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
    .map((last) => text.slice(0, -1) + last)
    .find((other) => other !== text && Buffer.from(other, 'base64url').equals(Buffer.from(text, 'base64url')))!;

describe('a forged purpose', () => {
  const claim = { caseId: randomUUID(), letterId: randomUUID(), principal: 'officer' };
  const isRead = (token: string): boolean => {
    try {
      return Boolean(stage.hub.purposeTokens.read(token, 'officer'));
    } catch {
      return false;
    }
  };
  const bodyOf = (text: string) => Buffer.from(text).toString('base64url');

  it('is refused with 403, whatever is wrong with it, and never read as none', async () => {
    const { purposeTokens } = stage.hub;
    const token = purposeTokens.issue(claim);
    const [body, mac] = token.split('.') as [string, string];
    expect(purposeTokens.read(token, 'officer')).toEqual(claim);
    const forgeries: Record<string, string> = {
      'of nobody’s case': token,
      'of another subject': purposeTokens.issue({ ...claim, principal: 'somebody' }),
      'with another body': `${bodyOf(`${randomUUID()} ${claim.letterId} officer`)}.${mac}`,
      'without a signature': `${body}.`,
      'without a point': body,
      'cut short': token.slice(0, -2),
      'with a point more': `${token}.`,
      'with a third part': `${token}.${mac}`,
      'with padding': `${token}==`,
      'with a letter that base64 skips': `${body}.${mac}~`,
      twice: `${token},${token}`,
      'of the same bytes in another spelling': `${body}.${sameBytes(mac)}`,
      'that is an access token': await stage.issuer.mint(),
      'of zeros': `${body}.${Buffer.alloc(32).toString('base64url')}`,
      'that says none': 'none',
      'of a citizen number': '11010519491231002X',
      'of SQL': "' or 1=1 --",
      'of eight KiB': `${body}.${'A'.repeat(8192)}`,
      'of letters beyond ASCII': '\u00e9\u00ff',
    };
    const authorization = `Bearer ${await stage.issuer.mint()}`;
    for (const [what, purpose] of Object.entries(forgeries)) {
      const { status, text } = await knock(`${stage.url}/graphql`, { authorization, 'x-purpose': purpose });
      expect([what, status, text]).toEqual([what, 403, expect.stringContaining('"PURPOSE_DEAD"')]);
      if (what !== 'of nobody’s case') expect([what, isRead(purpose)]).toEqual([what, false]);
    }
  });
});
