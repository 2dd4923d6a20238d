import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { addPartner, partnerKey, registerText, requestToken, type PartnerKey } from '../support/partners';
import { makeHub } from '../../src/cli/make-hub';
import { committedSupergraph } from '../../src/cli/committed-supergraph';
import { makeLog } from '../../src/log';
import { subgraphs } from '../../resolvers';
import { startServer } from '../../src/server/start';
import { resolvePurpose } from '../../src/store/purposes';
import { openStage, type Stage } from './support/stage';

const BANK = 'bank-7';
const REGION = '{ region(code: "150402") { code } }';
let clock = new Date('2026-11-22T08:00:00Z');
let stage: Stage;
let key: PartnerKey;
let issuer: string;
beforeAll(async () => {
  stage = await openStage({ now: () => clock });
  issuer = stage.hub.config.publicUrl;
  key = await partnerKey(BANK, issuer, () => clock);
  await addPartner(stage.base, BANK, { keys: [key.jwk] });
  await addPartner(stage.base, 'bank-8', { keys: [(await partnerKey('bank-8', issuer, () => clock)).jwk] });
  await registerText(stage.base, BANK, REGION);
});
afterAll(() => stage.close());

const seconds = () => Math.floor(clock.getTime() / 1000);
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const outcome = async (assertion: string, url = stage.url) => {
  const { status, body } = await requestToken(url, assertion);
  return [status, body.error ?? 'token'];
};
const ask = (token: string, query = REGION) =>
  fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query }),
  });

describe('the token endpoint', () => {
  it('gives for a sound assertion a token of five minutes, that opens what the partner has registered', async () => {
    const { status, body } = await requestToken(stage.url, await key.sign());
    expect([status, body.token_type, body.expires_in]).toEqual([200, 'Bearer', 300]);
    const token = String(body.access_token);
    const response = await ask(token);
    expect([response.status, ((await response.json()) as { data: unknown }).data]).toEqual([
      200,
      { region: { code: '150402' } },
    ]);
    clock = new Date(clock.getTime() + 300_000);
    expect((await ask(token)).status).toBe(401);
  });

  it('takes for its audience the issuer or the endpoint, alone, as a text or a list of one', async () => {
    for (const aud of [issuer, `${issuer}/oauth/token`, [issuer]])
      expect([aud, ...(await outcome(await key.sign({ aud })))]).toEqual([aud, 200, 'token']);
  });

  it.each([
    ['EdDSA', () => generateKeyPair('EdDSA', { extractable: true })],
    ['PS256', () => generateKeyPair('PS256', { extractable: true })],
  ])(
    'takes an assertion signed by %s where such a key is registered, and by no other algorithm of it',
    async (alg, made) => {
      const { privateKey, publicKey } = await made();
      const client = `bank-${alg.toLowerCase()}`;
      await addPartner(stage.base, client, { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg }] });
      const claims = () => ({
        iss: client,
        sub: client,
        aud: issuer,
        iat: seconds(),
        exp: seconds() + 60,
        jti: randomUUID(),
      });
      const signed = await new SignJWT(claims()).setProtectedHeader({ alg, kid: 'k' }).sign(privateKey);
      expect(await outcome(signed)).toEqual([200, 'token']);
      const [, payload] = (await key.sign(claims())).split('.');
      const other = `${b64({ alg: 'ES256', kid: 'k' })}.${payload}.${(await key.sign()).split('.')[2]}`;
      expect(await outcome(other)).toEqual([401, 'invalid_client']);
    },
  );

  it('bears a clock that is half a minute wrong, and no more', async () => {
    expect(await outcome(await key.sign({ iat: seconds() + 29 }))).toEqual([200, 'token']);
    expect(await outcome(await key.sign({ iat: seconds() - 320, exp: seconds() - 29 }))).toEqual([200, 'token']);
    expect(await outcome(await key.sign({ iat: seconds() + 40 }))).toEqual([401, 'invalid_client']);
    expect(await outcome(await key.sign({ iat: seconds() - 100, exp: seconds() - 40 }))).toEqual([
      401,
      'invalid_client',
    ]);
  });

  const CLAIMS: Record<string, object> = {
    'for another audience': { aud: 'https://elsewhere.test' },
    'for two audiences': { aud: ['ISSUER', 'https://elsewhere.test'] },
    'for this audience twice': { aud: ['ISSUER', 'ISSUER'] },
    'for no audience': { aud: undefined },
    'for the audience of access tokens': { aud: 'anju-hub' },
    'without jti': { jti: undefined },
    'with an empty jti': { jti: '' },
    'with a short jti': { jti: '1' },
    'with a jti that is no text': { jti: 1234567890123456 },
    'without exp': { exp: undefined },
    'without iat': { iat: undefined },
    'with an exp that is no number': { exp: '2030-01-01' },
    expired: { iat: 1, exp: 100 },
    'not yet valid': { nbf: 4102444800 },
    'made in the future': { iat: 4102444800, exp: 4102444860 },
    'that lives for an hour': { exp: 'IN AN HOUR' },
    'of another issuer': { iss: 'somebody' },
    'of another partner, by this one’s key': { iss: 'bank-8', sub: 'bank-8' },
    'whose subject is another partner': { sub: 'bank-8' },
    'without issuer': { iss: undefined },
    'without subject': { sub: undefined },
    'of an issuer that is a citizen number': { iss: '11010519491231002x', sub: '11010519491231002x' },
    'of an issuer that is SQL': { iss: "x' or '1'='1", sub: "x' or '1'='1" },
  };

  it.each(Object.entries(CLAIMS))('refuses an assertion %s', async (_which, claims) => {
    const text = JSON.stringify(claims, (_name, value: unknown) => (value === undefined ? '\u0000' : value));
    const given = JSON.parse(
      text.replaceAll('ISSUER', issuer).replace('"IN AN HOUR"', String(seconds() + 3600)),
    ) as object;
    const plain = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === '\u0000' ? undefined : value]),
    );
    expect(await outcome(await key.sign(plain))).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['without kid', { kid: undefined }],
    ['with an unknown kid', { kid: 'other' }],
    ['with a kid that is a path', { kid: '../../etc/passwd' }],
    ['that says it is an access token', { typ: 'at+jwt' }],
    ['with a critical extension', { crit: ['b64'], b64: true }],
  ])('refuses an assertion %s', async (_which, header) => {
    expect(await outcome(await key.sign({}, header))).toEqual([401, 'invalid_client']);
  });

  it('refuses what is unsigned, signed by a shared secret, by a stranger, with a foreign algorithm, altered or padded', async () => {
    const sound = await key.sign();
    const [header, payload, signature] = sound.split('.') as [string, string, string];
    const hs256 = `${b64({ alg: 'HS256', kid: key.jwk.kid })}.${payload}`;
    const macOf = (secret: string) => `${hs256}.${createHmac('sha256', secret).update(hs256).digest('base64url')}`;
    const pem = (await importJWK(key.jwk, 'ES256', { extractable: true })) as CryptoKey;
    const spki = Buffer.from(await crypto.subtle.exportKey('spki', pem)).toString('base64');
    const stranger = await partnerKey(BANK, issuer, () => clock);
    const embedded = await generateKeyPair('ES256', { extractable: true });
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const forged = {
      none: `${b64({ alg: 'none', kid: key.jwk.kid })}.${payload}.`,
      None: `${b64({ alg: 'None', kid: key.jwk.kid })}.${payload}.`,
      'no signature': `${header}.${payload}.`,
      'HS256 with the public key as JSON': macOf(JSON.stringify(key.jwk)),
      'HS256 with the public key as PEM': macOf(`-----BEGIN PUBLIC KEY-----\n${spki}\n-----END PUBLIC KEY-----\n`),
      'HS256 with nothing': macOf(''),
      'a stranger’s key under the same kid': await stranger.sign(),
      'a key in its own header': await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: key.jwk.kid, jwk: await exportJWK(embedded.publicKey) })
        .sign(embedded.privateKey),
      'a key by address in its own header': await key
        .sign({}, { jku: 'http://127.0.0.1:9/keys' })
        .then((text) => [...text.split('.').slice(0, 2), signature].join('.')),
      ES384: await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES384', kid: key.jwk.kid })
        .sign((await generateKeyPair('ES384')).privateKey),
      'an altered claim': `${header}.${b64({ ...claims, exp: seconds() + 299 })}.${signature}`,
      'an altered signature': `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      'a zero signature': `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      'five parts': `${sound}.${payload}.${signature}`,
      'no JWT': 'secret',
      'nothing but dots': '..',
      'a very long one': `${header}.${'A'.repeat(9000)}.${signature}`,
      'our own access token': String((await requestToken(stage.url, await key.sign())).body.access_token),
    };
    for (const [which, assertion] of Object.entries(forged))
      expect([which, ...(await outcome(assertion))]).toEqual([which, 401, 'invalid_client']);
    expect(await outcome(sound)).toEqual([200, 'token']); // a forgery does not use up the jti of the true one
  });

  it('takes an assertion once, whatever comes after it and whichever process is asked', async () => {
    const other = await anotherProcess();
    try {
      const assertion = await key.sign();
      expect(await outcome(assertion)).toEqual([200, 'token']);
      expect(await outcome(assertion)).toEqual([401, 'invalid_client']);
      expect(await outcome(assertion, other.url)).toEqual([401, 'invalid_client']);
      const { jti } = JSON.parse(Buffer.from(assertion.split('.')[1]!, 'base64url').toString()) as { jti: string };
      expect(await outcome(await key.sign({ jti }))).toEqual([401, 'invalid_client']);
      const parallel = await key.sign();
      const urls = Array.from({ length: 20 }, (_, place) => (place % 2 ? stage.url : other.url));
      const outcomes = await Promise.all(urls.map((url) => outcome(parallel, url)));
      expect(outcomes.filter(([status]) => status === 200)).toHaveLength(1);
      expect(outcomes.filter(([status]) => status === 401)).toHaveLength(19);
    } finally {
      await other.close();
    }
  });

  it('keeps no jti in clear, and forgets it only when the assertion has expired for everyone', async () => {
    const assertion = await key.sign({ jti: 'jti-of-some-length', exp: seconds() + 60 });
    await outcome(assertion);
    const { rows } = await stage.base.owner.query('select jti::text from used_assertion');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('jti-of-some-length').toString('hex'));
    clock = new Date(clock.getTime() + 89_000);
    await outcome(await key.sign());
    expect(await outcome(assertion)).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['another grant', { grant_type: 'password' }],
    [
      'another kind of assertion',
      { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' },
    ],
    ['a secret beside it', { client_secret: 'x' }],
    ['no assertion', { client_assertion: '' }],
  ])('refuses %s with 400 and a remedy', async (_what, form) => {
    const { status, body } = await requestToken(stage.url, await key.sign(), form as Record<string, string>);
    expect([status, body]).toEqual([
      400,
      expect.objectContaining({
        error: 'invalid_request',
        code: 'MALFORMED_TOKEN_REQUEST',
        remedy: expect.any(String),
      }),
    ]);
  });

  it('refuses JSON, a parameter twice, a body without end and other methods in JSON, never with 500', async () => {
    const post = async (body: string, type = 'application/x-www-form-urlencoded') => {
      const response = await fetch(`${stage.url}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await post('{"grant_type":"client_credentials"}', 'application/json')).toEqual([
      400,
      'MALFORMED_TOKEN_REQUEST',
    ]);
    expect(await post('grant_type=client_credentials&grant_type=client_credentials')).toEqual([
      400,
      'MALFORMED_TOKEN_REQUEST',
    ]);
    expect(await post('')).toEqual([400, 'MALFORMED_TOKEN_REQUEST']);
    expect(await post(`a=${'x'.repeat(20_000)}`)).toEqual([413, 'REQUEST_TOO_LARGE']);
    const get = await fetch(`${stage.url}/oauth/token`);
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('does not tell an unknown partner from a wrong key', async () => {
    const [unknown, wrong] = [
      await partnerKey('nobody', issuer, () => clock),
      await partnerKey(BANK, issuer, () => clock),
    ];
    const bodies = await Promise.all(
      [unknown, wrong].map(async (each) => (await requestToken(stage.url, await each.sign())).body),
    );
    const [first, second] = bodies.map(({ requestId: _requestId, ...rest }) => rest);
    expect(first).toEqual(second);
  });

  it('says of itself what a client needs to know (RFC 8414)', async () => {
    const told = await (await fetch(`${stage.url}/.well-known/oauth-authorization-server`)).json();
    expect(told).toMatchObject({
      ...{ issuer, token_endpoint: `${issuer}/oauth/token` },
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: expect.not.arrayContaining(['none', 'HS256']),
    });
  });
});

describe('an access token of the hub', () => {
  it('is refused when made with any key but the hub’s own, with the key of reports, or for a role of an officer', async () => {
    const claims = {
      iss: issuer,
      aud: 'anju-hub',
      sub: BANK,
      client_id: BANK,
      role: 'PARTNER_SYSTEM',
      jti: 'x',
      iat: seconds(),
      exp: seconds() + 60,
    };
    const by = (secret: string, more: object = {}) =>
      new SignJWT({ ...claims, ...more }).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.from(secret));
    const reportKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const forged = [
      await by('secret'),
      await by(JSON.stringify(stage.hub.signer.publicJwk)),
      await by('secret', { role: 'REGION_HOUSING', region: '15' }),
      await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: stage.hub.signer.keyId })
        .sign(reportKey),
      `${b64({ alg: 'none', typ: 'at+jwt' })}.${b64(claims)}.`,
      await key.sign(), // an assertion is no access token
    ];
    for (const token of forged) expect((await ask(token)).status).toBe(401);
  });
});

/** A second hub process as far as the database can tell: pools, caches and server of its own, the same keys. */
async function anotherProcess(): Promise<{ url: string; close(): Promise<void> }> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const { config } = stage.hub;
  const hub = await makeHub({
    config,
    ownerUrl: stage.base.ownerUrl,
    signingKeyPem,
    now: () => clock,
    log: makeLog('silent'),
  });
  const server = await startServer(hub, {
    ...{ subgraphs, supergraph: committedSupergraph(), issuers: [], resolvePurpose },
    pendingMigrations: async () => [],
  });
  return { url: server.url, close: async () => void (await server.close(), await hub.close()) };
}
