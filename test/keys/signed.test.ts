import { createLocalJWKSet, flattenedVerify, type JSONWebKeySet } from 'jose';
import { objectorPlace } from '../../src/access/objector';
import { sealedUnder } from '../../src/access/seal';
import { plantApplication } from '../access/support/applications';
import { makeMasterKey } from '../../src/access/crypto/envelope';
import type { KeyProvider, KeyPurpose } from '../../src/access/keyring';
import { makeHub } from '../../src/cli/make-hub';
import { rotateKeys } from '../../src/jobs/rotate-keys';
import { makeLog } from '../../src/log';
import { introduceKey } from '../../src/store/keys/introduce';
import { ForeignMasterKey } from '../../src/store/keys/table';
import { openKeys } from '../../src/store/keys/open';
import { rewrap } from '../../src/store/keys/rewrap';
import { honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { addPartner, registerText } from '../support/partners';

let running: RunningHub;
let file: File;
beforeAll(async () => {
  running = await openRunningHub(40);
  [file] = (await honestFiles(running)) as [File];
});
afterAll(() => running.close());

const sql = (text: string, values: unknown[] = []) => running.base.owner.query(text, values);

/** The whole of a rotation but the wait for what the old key signed. */
async function rotate(purpose: KeyPurpose, provider: KeyProvider = 'aes'): Promise<string> {
  const { hub, base } = running;
  const master = makeMasterKey(hub.config.secrets.MASTER_KEY);
  const id = await introduceKey(base.owner, master, { purpose, provider, settle: 3600 });
  await sql(`update sealing_key set ready_at = now() where purpose = $1 and id = $2`, [purpose, id]);
  await run(purpose);
  return id!;
}
const run = (purpose: KeyPurpose) => rotateKeys.run({ purpose }, running.hub, new AbortController().signal);

/** The wait is over. */
async function retire(purpose: KeyPurpose): Promise<void> {
  await sql(`update sealing_key set retire_at = now() where purpose = $1 and state = 'RETIRING'`, [purpose]);
  await run(purpose);
  await running.hub.keys.refresh();
}

const waitOf = async (purpose: KeyPurpose) =>
  (
    await sql(
      `select extract(epoch from retire_at - now())::int as s from sealing_key where purpose = $1 and state = 'RETIRING'`,
      [purpose],
    )
  ).rows[0]!.s as number;

describe('what a key of before has signed', () => {
  it('a page cursor is read for a day after the rotation, and no longer once the key is retired', async () => {
    const who: Who = { role: 'REGION_HOUSING', region: '15' };
    const query = `query ($after: String) { households(region: "15", first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }`;
    type Page = { households: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    const ask = (after?: string) => running.ask<Page>(who, query, { variables: { after } });
    const first = (await ask()).data.households;
    const second = (await ask(first.pageInfo.endCursor)).data.households.nodes;
    expect(second).toHaveLength(2);
    await rotate('cursor', 'sm');
    expect((await ask(first.pageInfo.endCursor)).data.households.nodes).toEqual(second);
    const fresh = (await ask()).data.households;
    expect(fresh.pageInfo.endCursor).not.toBe(first.pageInfo.endCursor);
    expect((await ask(fresh.pageInfo.endCursor)).data.households.nodes).toEqual(second);
    expect(await waitOf('cursor')).toBeGreaterThan(86_000);
    await retire('cursor');
    expect((await ask(first.pageInfo.endCursor)).errors[0]!.extensions.code).toBe('INVALID_CURSOR');
    expect((await ask(fresh.pageInfo.endCursor)).data.households.nodes).toEqual(second);
  });

  it('a purpose token serves as long as its letter, and dies with its key', async () => {
    const who = officerOf(file);
    const token = await purposeOf(running, who, file);
    const query = `query ($id: ID!) { household(id: $id) { members { person { property { status reason } } } } }`;
    type Seen = { household: { members: { person: { property: { status: string; reason: string | null } } }[] } };
    const ask = (purpose: string) => running.ask<Seen>(who, query, { variables: { id: file.householdId }, purpose });
    await rotate('purpose');
    const { data } = await ask(token);
    for (const { person } of data.household.members) expect(person.property.reason).not.toBe('LETTER_NOT_COVERING');
    const { rows } = await sql(
      'select extract(epoch from max(valid_until) - now())::int as s from letter where ended_on is null',
    );
    expect(await waitOf('purpose')).toBeGreaterThan(rows[0].s);
    await retire('purpose');
    expect((await ask(token)).errors[0]!.extensions.code).toBe('PURPOSE_DEAD');
    expect((await ask(await purposeOf(running, who, file))).errors).toEqual([]);
  });

  it('a report is verified by the published keys, of before and of now, though the old private key is gone', async () => {
    const { signer } = running.hub;
    const before = signer.sign({ report: 1 });
    const oldKid = signer.keyId;
    await rotate('signing', 'es256');
    await retire('signing');
    const after = signer.sign({ report: 2 });
    expect(signer.keyId).not.toBe(oldKid);
    const jwks = (await (await fetch(`${running.url}/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    expect(jwks.keys.map(({ kid }) => kid)).toEqual([signer.keyId, oldKid]);
    for (const { canonical, signature } of [before, after]) {
      expect(signer.verify(canonical, signature)).toBe(true);
      expect(signer.verify(canonical.replace('report', 'rapport'), signature)).toBe(false);
      const [header, , proof] = signature.split('.');
      const jws = { protected: header!, signature: proof!, payload: Buffer.from(canonical).toString('base64url') };
      await expect(flattenedVerify(jws, createLocalJWKSet(jwks))).resolves.toBeDefined();
    }
    expect(JSON.stringify(jwks)).not.toContain('"d"');
  });

  it('and the signing key may be one of SM2', async () => {
    const { signer } = running.hub;
    await rotate('signing', 'sm2');
    const { canonical, signature } = signer.sign({ report: 3 });
    expect(JSON.parse(Buffer.from(signature.split('.')[0]!, 'base64url').toString())).toMatchObject({ alg: 'SM2-SM3' });
    expect(signer.verify(canonical, signature)).toBe(true);
    expect(signer.verify(`${canonical} `, signature)).toBe(false);
  });
});

describe('the pseudonym of a person', () => {
  const QUERY = 'query ($id: ID!) { person(id: $id) { partnerKey formerPartnerKey } }';
  type Keys = { person: { partnerKey: string | null; formerPartnerKey: string | null } };
  const as = (who: Who) =>
    running.ask<Keys>(who, QUERY, { variables: { id: file.members[0]!.id } }).then(({ data }) => data.person);
  const partner = (name: string): Who => ({ role: 'PARTNER_SYSTEM', region: file.region, sub: name, client_id: name });

  it('differs from partner to partner, is none of an officer’s business, and is told twice while its key is rotated', async () => {
    for (const name of ['bank', 'school']) {
      await addPartner(running.base, name);
      await registerText(running.base, name, QUERY);
    }
    const [bank, school] = [await as(partner('bank')), await as(partner('school'))];
    expect(bank.partnerKey).toMatch(/^[\w-]{22}$/);
    expect(school.partnerKey).not.toBe(bank.partnerKey);
    expect(await as(partner('bank'))).toEqual(bank);
    expect(await as(officerOf(file))).toEqual({ partnerKey: null, formerPartnerKey: null });
    await rotate('pseudonym');
    const renamed = await as(partner('bank'));
    expect(renamed.formerPartnerKey).toBe(bank.partnerKey);
    expect(renamed.partnerKey).not.toBe(bank.partnerKey);
    await retire('pseudonym');
    expect(await as(partner('bank'))).toEqual({ partnerKey: renamed.partnerKey, formerPartnerKey: null });
  });
});

describe('who objected to a publicity', () => {
  it('is opened as before once the key of objectors was rotated, and lies under the new key alone', async () => {
    const { hub } = running;
    const at = { state: 'PUBLICITY', round: 1, publicity: 'RUNNING', objection: 'FILED' };
    const { objection } = await plantApplication(running, file, { ...at, texts: ['x', 'x', 'x'], incomeFen: 1 });
    const sealed = async () => (await sql('select sealed, key_id from objector where id = $1', [objection])).rows[0]!;
    const place = objectorPlace(objection);
    const first = hub.objectorSeal.seal('甲乙', place);
    await sql('update objector set sealed = $2, key_id = $3 where id = $1', [objection, first, hub.objectorSeal.keyId]);
    const id = await rotate('objector', 'sm');
    expect((await sealed()).key_id).toBe(id);
    await retire('objector');
    expect(hub.objectorSeal.open((await sealed()).sealed, place)).toBe('甲乙');
    expect(sealedUnder((await sealed()).sealed)).toBe(id);
  });
});

describe('the master key', () => {
  it('of another hub opens nothing: a hub does not start, and says which setting', async () => {
    const { config } = running.hub;
    const other = { ...config, secrets: { ...config.secrets, MASTER_KEY: Buffer.alloc(32, 9) } };
    const opened = makeHub({
      config: other,
      ownerUrl: running.base.ownerUrl,
      signingKeyPem: '',
      log: makeLog('silent'),
    });
    await expect(opened).rejects.toThrow(ForeignMasterKey);
    await expect(opened).rejects.toThrow(/^HUB_MASTER_KEY does not open/);
  });

  it('is changed without a change of the keys it wraps', async () => {
    const { owner } = running.base;
    const [old, fresh] = [
      running.hub.config.secrets.MASTER_KEY,
      Buffer.from(Array.from({ length: 32 }, (_, i) => i * 7)),
    ];
    const sealed = running.hub.seal.index('110101199003070011');
    expect(await rewrap(owner, makeMasterKey(old), makeMasterKey(fresh))).toBeGreaterThan(6);
    const keys = await openKeys({ db: owner, masterSecret: fresh, first: {} });
    expect(keys.of('index').current().material.equals(running.hub.keys.of('index').current().material)).toBe(true);
    await expect(openKeys({ db: owner, masterSecret: old, first: {} })).rejects.toThrow(ForeignMasterKey);
    expect(await rewrap(owner, makeMasterKey(fresh), makeMasterKey(old))).toBeGreaterThan(6);
    expect(running.hub.seal.index('110101199003070011').equals(sealed)).toBe(true);
  });

  it('is not to be had from the table: two wrapped keys swapped do not open', async () => {
    const { owner } = running.base;
    const swap = `update sealing_key k set wrapped = o.wrapped from sealing_key o
      where k.purpose in ('seal', 'index') and o.purpose in ('seal', 'index') and o.purpose <> k.purpose and k.id = o.id`;
    await owner.query(swap);
    const { MASTER_KEY: masterSecret } = running.hub.config.secrets;
    await expect(openKeys({ db: owner, masterSecret, first: {} })).rejects.toThrow(ForeignMasterKey);
    await owner.query(swap);
    await expect(openKeys({ db: owner, masterSecret, first: {} })).resolves.toBeDefined();
  });
});
