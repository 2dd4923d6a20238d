import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseProblems, problemsOf } from '../../src/cli/start-checks/database';
import { signingKeyProblems } from '../../src/cli/start-checks/signing-key';
import { loadConfig, SettingsTrouble } from '../../src/config';
import { onDatabase, testCluster } from '../support/cluster';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { outside } from '../support/outside';
import { buildHub, runHub, type Settings } from '../support/program';

const folder = testFolder();
const key = () => randomBytes(32).toString('base64');

/** What loadConfig finds wrong. */
function problems(env: Settings): readonly string[] {
  try {
    loadConfig({ DATA_DIR: folder, ...env });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsTrouble);
    return (error as SettingsTrouble).problems;
  }
}

describe('settings outside the sandbox', () => {
  it('are taken when they are sound', () => expect(problems(outside())).toEqual([]));

  const twin = key();
  const ofSandbox = key();
  it.each<[string, Settings, string[]]>([
    ['a missing secret', { HUB_MASTER_KEY: '' }, ['HUB_MASTER_KEY is missing']],
    [
      'a short one',
      { HUB_CURSOR_KEY: randomBytes(16).toString('base64') },
      ['HUB_CURSOR_KEY must be 32 bytes in base64, found 16'],
    ],
    ['zeros', { HUB_SEAL_KEY: Buffer.alloc(32).toString('base64') }, ['HUB_SEAL_KEY is no random key']],
    ['a pattern', { HUB_SEAL_KEY: Buffer.alloc(32, 'abcd1234').toString('base64') }, ['HUB_SEAL_KEY is no random key']],
    [
      'typed words',
      { HUB_ROLE_KEY: Buffer.from('correct horse battery staple 12!').toString('base64') },
      ['HUB_ROLE_KEY is no random key'],
    ],
    [
      'one key for two purposes',
      { HUB_INDEX_KEY: twin, HUB_PURPOSE_KEY: twin },
      ['HUB_INDEX_KEY and HUB_PURPOSE_KEY hold the same key'],
    ],
    [
      'an agency’s secret as a key',
      { HUB_SERVICE_KEY: twin, PROPERTY_KEY: twin },
      ['HUB_SERVICE_KEY is also the secret of PROPERTY_KEY'],
    ],
    [
      'the database’s password as a key',
      { HUB_SERVICE_KEY: twin, DATABASE_URL: `postgres://owner:${encodeURIComponent(twin)}@db.example.cn/anju` },
      ['HUB_SERVICE_KEY is also the secret of DATABASE_URL'],
    ],
    ['a sandbox’s own key', { HUB_SEAL_KEY: ofSandbox }, ["HUB_SEAL_KEY is a sandbox's own"]],
    ['an issuer over plain http', { OIDC_ISSUER: 'http://login.example.cn' }, ['OIDC_ISSUER is plain http']],
    ['no issuer', { OIDC_JWKS_URI: '' }, ['OIDC_JWKS_URI is missing']],
    ['no signing key', { SIGNING_KEY_FILE: '' }, ['SIGNING_KEY_FILE is missing']],
    [
      'a bucket that is no address',
      { FILES_STORE: 'https://s3.cn/x', FILES_ENDPOINT: 'https://s3.cn', FILES_KEY_ID: 'x', FILES_SECRET: 'y' },
      ['FILES_STORE: is no s3://bucket'],
    ],
    [
      'a bucket without its address and keys',
      { FILES_STORE: 's3://files' },
      ['FILES_ENDPOINT', 'FILES_KEY_ID', 'FILES_SECRET'].map((name) => `${name} is missing`),
    ],
    [
      'a bucket without one of its keys',
      { FILES_STORE: 's3://files', FILES_ENDPOINT: 'https://s3.example.cn', FILES_KEY_ID: 'x', FILES_SECRET: '' },
      ['FILES_SECRET is missing'],
    ],
    [
      'keys of no bucket',
      { FILES_KEY_ID: 'x', FILES_SECRET: 'y' },
      ['FILES_KEY_ID is set, but', 'FILES_SECRET is set, but'],
    ],
    [
      'many things at once, all of them told',
      {
        HUB_SEAL_KEY: '',
        HUB_ROLE_KEY: Buffer.alloc(32, 1).toString('base64'),
        OIDC_ISSUER: 'http://a.cn',
        SIGNING_KEY_FILE: '',
        PORT: 'x',
      },
      [
        'PORT',
        'HUB_SEAL_KEY is missing',
        'HUB_ROLE_KEY is no random key',
        'OIDC_ISSUER is plain http',
        'SIGNING_KEY_FILE is missing',
      ],
    ],
  ])('%s is refused by name', (_what, changes, expected) => {
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ SEAL_KEY: ofSandbox }));
    const found = problems(outside(changes));
    for (const part of expected) expect(found.filter((each) => each.includes(part))).toHaveLength(1);
    expect(found.length).toBeLessThanOrEqual(expected.length + 1); // an empty URL is also malformed
    for (const secret of [twin, ofSandbox]) expect(found.join()).not.toContain(secret);
  });
});

describe('settings of the sandbox', () => {
  it('listen on the loopback only', () => {
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) expect(problems({ HOST })).toEqual([]);
    for (const HOST of ['0.0.0.0', '::', '10.1.2.3', '127.evil.example'])
      expect(problems({ HOST })).toEqual([expect.stringContaining('HOST is no loopback address')]);
  });
});

describe('the signing key file', () => {
  it.each([
    ['that is not there', join(folder, 'none.pem'), 'ENOENT'],
    ['that holds no key', join(folder, 'text.pem'), 'cannot be read as a private key'],
  ])('%s is refused', (_what, file, expected) => {
    writeFileSync(join(folder, 'text.pem'), 'no key');
    expect(signingKeyProblems({ SIGNING_KEY_FILE: file })).toEqual([expect.stringContaining(expected)]);
  });
});

describe('the database', () => {
  let base: TestDatabase;
  beforeAll(async () => void (base = await testDatabase()));
  afterAll(() => base.close());
  const admin = () => onDatabase(testCluster().adminUrl, new URL(base.ownerUrl).pathname.slice(1));

  it('as migrations leave it, is sound', async () => {
    expect(await databaseProblems(base.ownerUrl, false)).toEqual([]);
  });

  it('of a superuser is refused outside the sandbox, with the remedy', async () => {
    expect(await databaseProblems(admin(), false)).toContainEqual(
      'The user of DATABASE_URL (postgres) is a superuser, whom row security does not bind: alter role postgres nosuperuser',
    );
    expect(await databaseProblems(admin(), true)).toEqual([]);
  });

  it.each([
    [
      'alter role anju_app bypassrls',
      "The hub's login anju_app may bypass row security: alter role anju_app nobypassrls",
    ],
    ['alter role anju_public_reader superuser', "The hub's login anju_public_reader is a superuser"],
    [
      'grant postgres to anju_engine',
      "The hub's login anju_engine is a member of postgres, which row security does not bind",
    ],
  ])('after "%s" is refused, in the sandbox as well', async (harm, expected) => {
    const client = new Client({ connectionString: admin() });
    await client.connect();
    try {
      await client.query('begin'); // logins belong to the whole server, which other tests use
      await client.query(harm);
      expect(await problemsOf(client, true)).toEqual([expect.stringContaining(expected)]);
    } finally {
      await client.query('rollback');
      await client.end();
    }
  });

  it.each([
    ['alter table letter no force row level security', 'alter table letter force row level security', 'table letter'],
    ['alter table answer disable row level security', 'alter table answer enable row level security', 'table answer'],
    [
      'create table note (person_id uuid, words text); grant select on note to anju_app',
      'drop table note',
      'table note holds personal rows',
    ],
  ])('after "%s" is refused by name', async (harm, cure, expected) => {
    await base.owner.query(harm);
    try {
      expect(await databaseProblems(base.ownerUrl, true)).toEqual([expect.stringContaining(expected)]);
    } finally {
      await base.owner.query(cure);
    }
  });
});

describe('hub serve', () => {
  beforeAll(buildHub);

  it('does not start, and tells of the settings and of the database in one message', async () => {
    const { adminUrl } = testCluster();
    const hub = runHub(['serve'], { ...outside({ HUB_SEAL_KEY: '' }), DATA_DIR: folder, DATABASE_URL: adminUrl });
    expect(await hub.ended).toBe(1);
    expect(hub.said()).toMatch(/HUB_SEAL_KEY is missing/);
    expect(hub.said()).toMatch(/postgres\) is a superuser/);
    expect(hub.said()).not.toMatch(/ at /);
  });
});
