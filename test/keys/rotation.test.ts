import { randomUUID } from 'node:crypto';
import { makeMasterKey } from '../../src/access/crypto/envelope';
import type { KeyProvider, KeyPurpose } from '../../src/access/keyring';
import { personNumber, sealedUnder } from '../../src/access/seal';
import { makeHub } from '../../src/cli/make-hub';
import { importHouseholds } from '../../src/commands/import-households';
import type { Hub } from '../../src/context';
import { indexPersons, settlePersons } from '../../src/jobs/rotation/persons';
import { walkUntilClean } from '../../src/jobs/rotation/walk';
import { demand, promote } from '../../src/store/keys/transitions';
import { freshNumber } from '../commands/support/office';
import { admission, staffOf } from '../admission/office-of';
import { plantArchive } from '../access/support/archive';
import { openBody } from '../../src/access/sealed-body';
import { png } from '../documents/support/bytes';
import { documents } from '../documents/support/office';
import { rotateKeys } from '../../src/jobs/rotate-keys';
import { makeLog } from '../../src/log';
import { introduceKey } from '../../src/store/keys/introduce';
import { honestFiles, officerOf, purposeOf, type File } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';
import { contextOf, countSpouses, startTraffic, type Traffic } from './support/traffic';

/** Nobody but the test moves a rotation on. */
const AN_HOUR = 3600;

let running: RunningHub;
let second: Awaited<ReturnType<typeof makeHub>>;
let files: File[];
let traffic: Traffic;
let handedIn: string;
/** What a material of a file says, sealed likewise. */
let archived: string;
const PICTURE = png('x');
beforeAll(async () => {
  running = await openRunningHub(60);
  files = await honestFiles(running);
  for (const file of files) await askCivilAffairs(file);
  handedIn = await handIn(files[0]!);
  const { region, householdId } = files[0]!;
  const words = { title: '户口簿', place: 'x', reason: 'x', defects: 'x' };
  archived = (await plantArchive(running, region, householdId, words, false)).archiveEntry;
  const { config } = running.hub;
  const { ownerUrl } = running.base;
  second = await makeHub({ config, ownerUrl, signingKeyPem: '', log: makeLog('silent') });
});
afterAll(async () => {
  await second?.close();
  await running.close();
});

const rows = async <Row>(text: string, values: unknown[] = []) =>
  (await running.base.owner.query(text, values)).rows as Row[];

async function askCivilAffairs(file: File): Promise<void> {
  const who = officerOf(file);
  const query = `query ($id: ID!) { household(id: $id) { members { person { civilAffairs { status value { marriageStatus spouseIdNumber } } } } } }`;
  const purpose = await purposeOf(running, who, file);
  await running.ask(who, query, { variables: { id: file.householdId }, purpose });
}

/** A document, whose file lies sealed under a key of its own. */
async function handIn(file: File): Promise<string> {
  const { committee, street } = staffOf(file, running);
  const isDistrict = running.hub.regions.find(file.region)!.divisionKind === 'DISTRICT';
  const who = isDistrict ? street : committee;
  const { data } = await admission(running).start(who, file);
  const { body } = await documents(running).handIn(who, data.startApplication.id, PICTURE);
  return body.id as string;
}

/** Introduces a key and lets both hubs hear of it. */
async function introduce(purpose: KeyPurpose, provider: KeyProvider): Promise<string> {
  const master = makeMasterKey(running.hub.config.secrets.MASTER_KEY);
  const id = await introduceKey(running.base.owner, master, { purpose, provider, settle: AN_HOUR });
  await Promise.all([running.hub, second].map((hub) => hub.keys.refresh()));
  return id!;
}

const run = (purpose: KeyPurpose, hub: Hub = running.hub) =>
  rotateKeys.run({ purpose }, hub, new AbortController().signal);
const isReady = (purpose: KeyPurpose) =>
  rows(`update sealing_key set ready_at = now() where purpose = $1 and state = 'NEXT'`, [purpose]);
const isOver = (purpose: KeyPurpose) =>
  rows(`update sealing_key set retire_at = now() where purpose = $1 and state = 'RETIRING'`, [purpose]);
const stateOf = async (purpose: KeyPurpose) =>
  Object.fromEntries(
    (await rows<{ id: string; state: string }>('select id, state from sealing_key where purpose = $1', [purpose])).map(
      ({ id, state }) => [id, state],
    ),
  );

type PersonRow = { id: string; number: Buffer; key: string; index: Buffer; next: Buffer | null };
const PERSONS = `select id, id_number as number, id_number_key as key, id_index as index, id_index_next as next from person order by id`;

/** Every person's number, opened: one row a number, each sealed under the key its row names. */
async function people(): Promise<Map<string, PersonRow>> {
  const found = await rows<PersonRow>(PERSONS);
  const byNumber = new Map(found.map((row) => [second.seal.open(row.number, personNumber(row.id)), row]));
  expect(byNumber.size).toBe(found.length);
  return byNumber;
}

/** Sealed facts of answers. */
const facts = async () =>
  (
    await rows<{ fact: { sealed: string; index: string; indexKey: string; next?: string } }>(
      `select value -> 'spouseIdNumber' as fact from answer where source = 'civil-affairs' and value ->> 'spouseIdNumber' is not null`,
    )
  ).map(({ fact }) => fact);

describe('while people read, import and compare', () => {
  beforeAll(async () => void (traffic = await startTraffic(running, second, files.slice(0, 6))));
  afterAll(() => traffic.stop());
  afterEach(() => expect(traffic.troubles).toEqual([]));

  it.each<[KeyProvider]>([['aes'], ['sm']])(
    'the sealing key is rotated (%s): nothing fails, and no row is left under the old key',
    async (provider) => {
      const before = running.hub.seal.keyId;
      const id = await introduce('seal', provider);
      await run('seal');
      expect(running.hub.seal.keyId).toBe(before); // some process may not have heard of it
      await isReady('seal');
      await run('seal');
      expect((await stateOf('seal'))[before]).toBe('RETIRING');
      await second.keys.refresh();
      await traffic.anotherRound();
      await isOver('seal');
      await run('seal');
      expect(await stateOf('seal')).toMatchObject({ [before]: 'RETIRED', [id]: 'CURRENT' });
      for (const { number, key } of (await people()).values()) expect([key, sealedUnder(number)]).toEqual([id, id]);
      const sealed = await facts();
      expect(sealed.length).toBeGreaterThan(3);
      for (const fact of sealed) expect(sealedUnder(Buffer.from(fact.sealed, 'base64'))).toBe(id);
      const [key] = await rows<{ key: string; sealed: Buffer }>(
        'select key_id as key, sealed_key as sealed from application_document where id = $1',
        [handedIn],
      );
      expect([key!.key, sealedUnder(key!.sealed)]).toEqual([id, id]);
      const got = await documents(running).get(officerOf(files[0]!), handedIn);
      expect(Buffer.from(await got.arrayBuffer()).equals(PICTURE)).toBe(true);
      const [body] = await rows<{ id: string; key: string; sealed: Buffer; sealedKey: Buffer }>(
        'select entry_id as id, key_id as key, sealed, sealed_key as "sealedKey" from archive_body where entry_id = $1',
        [archived],
      );
      expect([body!.key, sealedUnder(body!.sealedKey)]).toEqual([id, id]);
      expect(openBody(body!, body!.id, second.seal)).toContain('户口簿');
      const [old] = await rows<{ wrapped: Buffer | null }>(
        `select wrapped from sealing_key where purpose = 'seal' and id = $1`,
        [before],
      );
      expect(old!.wrapped).toBeNull();
    },
    60_000,
  );

  it.each<[KeyProvider]>([['aes'], ['sm']])(
    'the index key is rotated (%s): nobody is missed, nobody is there twice, every index is of the new key',
    async (provider) => {
      const before = running.hub.keys.of('index').current().id;
      const id = await introduce('index', provider);
      await traffic.anotherRound();
      await isReady('index');
      await run('index');
      await second.keys.refresh();
      await traffic.anotherRound();
      await isOver('index');
      await run('index');
      expect(await stateOf('index')).toMatchObject({ [before]: 'RETIRED', [id]: 'CURRENT' });
      const found = await people();
      for (const [number, { index, next }] of found) {
        expect(index.equals(second.seal.index(number))).toBe(true);
        expect(next).toBeNull();
      }
      for (const fact of await facts()) expect([fact.indexKey, fact.next]).toEqual([id, undefined]);
      for (const number of traffic.imported.slice(0, -3)) expect(found.has(number)).toBe(true);
    },
    60_000,
  );

  it('and the work that went on was work: reads, imports and comparisons in numbers', () => {
    expect(Math.min(...Object.values(traffic.rounds))).toBeGreaterThan(4);
  });
});

describe('between two indexes, when some rows carry the old one and some the new', () => {
  it('who is known is found, by the county that knows them and by another, in every step', async () => {
    const { engine } = running.hub.db;
    const place = { purpose: 'index' as const, keyId: await introduce('index', 'aes') };
    const number = freshNumber('1979-04-05');
    const take = (hub: Hub, county: string) =>
      importHouseholds(contextOf(hub, county), {
        region: county,
        csv: `fileNumber,registeredOn,relation,name,idNumber\n${county}-档${randomUUID().slice(0, 8)},2024-01-01,APPLICANT,乌云,${number}`,
      });
    const heard = () => Promise.all([running.hub, second].map((hub) => hub.keys.refresh()));
    const signal = new AbortController().signal;
    /** Each step of a rotation, and a county that has no file of the person yet. */
    const steps: [string, () => Promise<unknown>][] = [
      ['150402', async () => undefined],
      ['150403', async () => demand(engine, 'index', place.keyId).then(heard)],
      ['150404', async () => walkUntilClean(running.hub, place, indexPersons, signal)],
      ['150421', async () => promote(engine, 'index', place.keyId, AN_HOUR).then(heard)],
      ['150422', async () => walkUntilClean(running.hub, place, settlePersons, signal)],
    ];
    for (const [county, step] of steps) {
      await step();
      expect(await take(running.hub, county)).toMatchObject({ created: 1, problems: [] });
      expect(await take(second, county)).toMatchObject({ created: 0, problems: [{ field: 'idNumber' }] });
      expect(await people()).toHaveProperty('size', (await rows('select from person')).length);
    }
    const filed = await rows('select from household_member where person_id = $1', [(await people()).get(number)!.id]);
    expect(filed).toHaveLength(steps.length);
    await isOver('index');
    await run('index');
  });
});

describe('a rotation that is interrupted', () => {
  it('goes on behind its last batch, in another process, to the same end', async () => {
    const spouses = await countSpouses(second);
    const id = await introduce('seal', 'aes');
    await isReady('seal');
    const stopping = new AbortController();
    stopping.abort();
    await expect(rotateKeys.run({ purpose: 'seal' }, running.hub, stopping.signal)).rejects.toThrow(/stopped between/);
    await second.keys.refresh();
    await run('seal', second);
    await isOver('seal');
    await run('seal', second);
    for (const { key } of (await people()).values()) expect(key).toBe(id);
    expect(await countSpouses(second)).toBe(spouses);
    const [rotation] = await rows<{ finished: boolean; done: number }>(
      `select finished_at is not null as finished, done::int from key_rotation where purpose = 'seal' and key_id = $1`,
      [id],
    );
    expect(rotation!.finished).toBe(true);
    expect(rotation!.done).toBeGreaterThanOrEqual((await people()).size);
  });

  it('a second one is not begun beside it', async () => {
    await introduce('index', 'aes');
    const master = makeMasterKey(running.hub.config.secrets.MASTER_KEY);
    expect(
      await introduceKey(running.base.owner, master, { purpose: 'index', provider: 'aes', settle: AN_HOUR }),
    ).toBeUndefined();
  });
});

describe('a process that has not heard of the coming index key', () => {
  it('registers nobody once the key must be written: a person cannot be there twice', async () => {
    const [{ id }] = (await rows<{ id: string }>(
      `select id from sealing_key where purpose = 'index' and state = 'NEXT'`,
    )) as [{ id: string }];
    await rows(`update sealing_key set state = 'READY' where purpose = 'index' and id = $1`, [id]);
    const args = `array[gen_random_uuid()], array['150402'], array['乌云'], array[date '1979-04-05'], array['\\x00'::bytea], array['aes-1'], array['\\x01'::bytea]`;
    const current = running.hub.keys.of('index').current().id;
    await expect(rows(`select * from register_persons(${args}, $1)`, [current])).rejects.toMatchObject({
      code: 'AJ001',
    });
    await expect(rows(`select * from register_persons(${args}, 'aes-999')`)).rejects.toMatchObject({ code: 'AJ001' });
  });
});
