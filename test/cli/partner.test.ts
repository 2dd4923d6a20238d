import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculateJwkThumbprint, type JWK } from 'jose';
import { faultsOfDocument } from '../../src/cli/partner/check-document';
import { makeKey, readPrivateKey, readPublicKey } from '../../src/cli/partner/keys';
import { readPartners, toLines } from '../../src/cli/partner/listing';
import { registryOn, type Registry } from '../../src/cli/partner/registry';
import { makeProgram } from '../../src/cli/program';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';

const folder = testFolder();
const file = (name: string, text: string | Buffer): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const pem = (key: KeyObject) => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' });

describe('a key of a partner', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = (key: KeyObject) => JSON.stringify(key.export({ format: 'jwk' }));

  it.each([
    ['PEM', 'pem', () => pem(ec.publicKey)],
    ['a JWK', 'json', () => jwk(ec.publicKey)],
    ['a JWK set of one', 'jwks', () => `{"keys":[${jwk(ec.publicKey)}]}`],
  ])('is read from %s, and named by its thumbprint (RFC 7638)', async (_form, suffix, text) => {
    const read = await readPublicKey(file(`public.${suffix}`, text()));
    const known = ec.publicKey.export({ format: 'jwk' }) as JWK;
    expect(read).toEqual({ ...known, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(known) });
  });

  it('may be Ed25519 or RSA, each with its one algorithm', async () => {
    const [ed, rsa] = [generateKeyPairSync('ed25519'), generateKeyPairSync('rsa', { modulusLength: 2048 })];
    expect((await readPublicKey(file('ed.pem', pem(ed.publicKey)))).alg).toBe('EdDSA');
    expect((await readPublicKey(file('rsa.pem', pem(rsa.publicKey)))).alg).toBe('PS256');
  });

  it.each([
    ['a private key in PEM', () => pem(ec.privateKey), /is a private key/],
    ['a private key in a JWK', () => jwk(ec.privateKey), /private or shared key/],
    ['a shared secret', () => '{"kty":"oct","k":"c2VjcmV0"}', /private or shared key/],
    ['several keys', () => `{"keys":[${jwk(ec.publicKey)},${jwk(ec.publicKey)}]}`, /must hold one key/],
    ['a weak RSA key', () => pem(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey), /at least 2048 bits/],
    [
      'another curve',
      () => pem(generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey),
      /EC P-256, Ed25519 or RSA/,
    ],
    ['no key', () => 'hello', /no key that can be read/],
  ])('is not %s', async (_what, text, sentence) => {
    await expect(readPublicKey(file('wrong', text()))).rejects.toThrow(sentence);
  });

  it('made here goes to a file of its owner, is never overwritten, and its two halves belong together', async () => {
    const path = join(folder, 'made', 'key.pem');
    const made = await makeKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const { key, kid } = await readPrivateKey(path);
    expect(made).toMatchObject({ kid, ...(createPublicKey(key).export({ format: 'jwk' }) as JWK) });
    expect(JSON.stringify(made)).not.toContain((key.export({ format: 'jwk' }) as JWK).d!);
    await expect(makeKey(path)).rejects.toThrow(/there already/);
  });
});

describe('a document about to be registered', () => {
  it('is one operation that the gateway would run', async () => {
    expect(await faultsOfDocument('query ($id: ID!) { household(id: $id) { fileNumber } }')).toEqual([]);
    for (const [text, fault] of [
      ['{ household(id: "1") { secret } }', /Cannot query field "secret"/],
      ['query A { __typename } query B { __typename }', /exactly one operation/],
      ['fragment A on Query { __typename }', /./],
      ['{ household', /Syntax Error/],
      ['{ _entities(representations: []) { __typename } }', /Cannot query field "_entities"/],
    ] as const)
      expect([text, (await faultsOfDocument(text)).join()]).toEqual([text, expect.stringMatching(fault)]);
  });
});

describe('the registry of partners', () => {
  let base: TestDatabase;
  let registry: Registry;
  beforeAll(async () => {
    base = await testDatabase();
    registry = registryOn(base.owner);
    await registry.add({ clientId: 'bank', name: '某行', agency: 'BANK', keys: [] });
  });
  afterAll(() => base.close());

  const grant = {
    clientId: 'bank',
    purpose: 'ADMISSION_REVIEW',
    regions: ['15'],
    dailyPersons: 5,
    validFrom: '2026-01-01',
  };
  const until = { validUntil: '2099-12-31' };
  const document = {
    clientId: 'bank',
    name: 'd',
    text: '{ __typename }',
    purpose: 'ADMISSION_REVIEW',
    clause: 'IM-3.C6',
    rowCap: 1,
  };
  const state = async () => JSON.stringify(await readPartners(base.ownerUrl));

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a partner twice', () => registry.add({ clientId: 'bank', name: 'x', agency: 'x', keys: [] }), /known already/],
    ['a grant for nobody', () => registry.grant({ ...grant, ...until, clientId: 'x' }), /no partner x/],
    ['a grant for no purpose', () => registry.grant({ ...grant, ...until, purpose: 'NONE' }), /no purpose NONE/],
    ['a grant in no region', () => registry.grant({ ...grant, ...until, regions: ['15', '99'] }), /know: region 99/],
    [
      'a field of no purpose',
      () => registry.grant({ ...grant, ...until, fields: ['property.secret'] }),
      /field property.secret/,
    ],
    ['a document for nobody', () => registry.register({ ...document, clientId: 'x' }), /no partner x/],
    ['a document for no purpose', () => registry.register({ ...document, purpose: 'NONE' }), /no purpose NONE/],
    ['a document that is no GraphQL', () => registry.register({ ...document, text: '"' }), /no GraphQL document/],
    ['keys for nobody', () => registry.setKeys('x', []), /no partner x/],
    ['a grant that ends before it begins', () => registry.grant({ ...grant, validUntil: '2025-12-31' }), /check/],
  ])('refuses %s and changes nothing', async (_what, act, sentence) => {
    await registry.grant({ ...grant, ...until });
    const before = await state();
    await expect(act()).rejects.toThrow(sentence);
    expect(await state()).toBe(before);
  });

  it('has every act written to the write log, in its transaction', async () => {
    const { rows } = await base.owner.query<{ now: Date }>('select clock_timestamp() as now');
    const since = rows[0]!.now;
    const verbs = async () =>
      (
        await base.owner.query<{ verb: string }>(
          `select verb from write_entry where subject = 'hub partner' and at > $1 group by verb order by min(id)`,
          [since],
        )
      ).rows.map(({ verb }) => verb);
    await registry.add({ clientId: 'log', name: 'x', agency: 'x', keys: [] });
    await registry.setKeys('log', []);
    await registry.grant({ ...grant, ...until, clientId: 'log' });
    await registry.register({ ...document, clientId: 'log' });
    await registry.withdraw('log', 'd');
    await registry.revoke('log');
    await expect(registry.grant({ ...grant, ...until, clientId: 'log', purpose: 'NONE' })).rejects.toThrow();
    expect(await verbs()).toEqual([
      'addPartner',
      'setPartnerKeys',
      'grantSharing',
      'registerDocument',
      'withdrawDocument',
      'revokeSharing',
    ]);
  });

  it('lists partners with what they may do', async () => {
    await registry.grant({ ...grant, ...until });
    const hash = await registry.register(document);
    const lines = toLines(await readPartners(base.ownerUrl)).join('\n');
    expect(lines).toMatch(/^bank +某行/m);
    expect(lines).toMatch(/grant +ADMISSION_REVIEW +15 +\d+ fields +2026-01-01 to 2099-12-31 +0 of 5 persons today/);
    expect(lines).toContain(`sha256:${hash}`);
  });
});

describe('hub partner', () => {
  it('explains itself, and each of its commands', () => {
    const partner = makeProgram().commands.find((command) => command.name() === 'partner')!;
    expect(partner.commands.map((command) => command.name())).toEqual([
      'add',
      'key',
      'list',
      'document',
      'grant',
      'revoke',
      'assertion',
    ]);
    for (const command of partner.commands) {
      expect([command.name(), command.description().length > 20]).toEqual([command.name(), true]);
      for (const option of command.options)
        expect([option.flags, option.description.length > 5]).toEqual([option.flags, true]);
    }
  });
});
