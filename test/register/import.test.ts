import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { police } from '../../connectors/police/connector';
import { makeSeal } from '../../src/access/seal';
import { importRegister, type Imported } from '../../src/exchange/register/import';
import { testDatabase, type TestDatabase } from '../support/database';
import { testFolder } from '../support/folder';
import { numberOf, rejectsIn, rowOf, SPOILS, writeExtract, type Extract, type ExtractTerms } from './support/extract';

/** REGISTER_ROWS: how long the long extract is. */
const ROWS = Number(process.env.REGISTER_ROWS ?? 20_000);
const BAD_EVERY = 100 / 3;

const folder = testFolder();
const seal = makeSeal(randomBytes(32), randomBytes(32));
let base: TestDatabase;
beforeAll(async () => void (base = await testDatabase()));
afterAll(() => base.close());
beforeEach(() => base.owner.query('truncate register_parcel, register_entry'));

let parcels = 0;
const extract = (rows: readonly (readonly string[])[], terms?: ExtractTerms) =>
  writeExtract(join(folder, `parcel-${++parcels}`), rows, terms);
const rejectsOf = ({ folder: place }: Extract) => join(place, 'rejects.csv');

async function importAs(given: Extract, path = given.folder, onProgress?: (rows: number) => void): Promise<Imported> {
  const owner = new Client({ connectionString: base.ownerUrl });
  await owner.connect();
  const viewer = { subject: 'clerk', role: 'REGION_HOUSING', office: '15', regions: [] } as const;
  const session = { viewer, requestId: 'r1' };
  const now = new Date('2026-11-22T02:00:00Z');
  const plan = { owner, connector: police, seal, session, now, path, rejects: rejectsOf(given), onProgress };
  return importRegister(plan).finally(() => owner.end());
}

const entries = async () =>
  (
    await base.owner.query<{ id: string; found: string }>(
      `select id, encode(id_index, 'hex') as found from register_entry order by id_index`,
    )
  ).rows;
const foundBy = (idNumber: string) => seal.index(idNumber).toString('hex');

describe(`an extract of ${ROWS} rows with 3 % bad ones`, () => {
  const kinds = Object.values(SPOILS);
  /* Row n of the register stands in row n + 2 of the table: the heading is row 1. */
  const bad = new Map(
    Array.from({ length: Math.floor(ROWS / BAD_EVERY) }, (_, k) => [
      Math.floor(k * BAD_EVERY) + 5,
      kinds[k % kinds.length]!,
    ]),
  );
  const rows = Array.from({ length: ROWS }, (_, n) => bad.get(n)?.[1](rowOf(n), n) ?? rowOf(n));
  /** A row whose number another one repeats is as unusable as that one. */
  const expected = [...bad].flatMap(([n, [code]]) =>
    code === 'DUPLICATE' ? [[n + 1, code] as const, [n + 2, code] as const] : [[n + 2, code] as const],
  );

  it('lands its good rows, and returns each bad one with its row, code and remedy, never with the number', async () => {
    const given = extract(rows);
    const progress: number[] = [];
    const imported = await importAs(given, given.manifest, (done) => progress.push(done));
    expect(imported).toEqual({
      state: 'IMPORTED',
      parcel: 'HJ-2026-11',
      rows: ROWS,
      landed: ROWS - expected.length,
      rejected: expected.length,
    });
    const returned = readFileSync(rejectsOf(given), 'utf8');
    const found = rejectsIn(returned).map(([row, code]) => [Number(row), code]);
    expect(found.sort()).toEqual([...expected].map((each) => [...each]).sort());
    for (const [, , , mask, remedy] of rejectsIn(returned)) {
      expect(mask).toMatch(/^$|^150402\*{11}[\dX]$/);
      expect(remedy).toMatch(/[一-鿿]/);
    }
    expect(returned).not.toMatch(/\d{15}/);
    expect(progress).toEqual(Array.from({ length: Math.floor(ROWS / 10_000) }, (_, k) => (k + 1) * 10_000));
    const held = new Set((await entries()).map(({ found: index }) => index));
    const refused = new Set(expected.map(([row]) => row - 2));
    for (let n = 0; n < ROWS; n++) {
      if (held.has(foundBy(numberOf(n))) === refused.has(n)) throw new Error(`row ${n + 2} is on the wrong side`);
    }
  });

  it('changes nothing when it is imported again', async () => {
    const given = extract(rows.slice(0, 500));
    const first = await importAs(given);
    const before = await entries();
    expect(await importAs(given)).toEqual({ ...first, state: 'ALREADY' });
    expect(await entries()).toEqual(before);
  });
});

describe('an import', () => {
  const some = [0, 1, 2, 3].map(rowOf);

  it('keeps no number and no name in clear, in no table of the database', async () => {
    await importAs(extract(some));
    const { rows: tables } = await base.owner.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relkind = 'r' and relname ~ '^register_'`,
    );
    for (const { name } of tables) {
      const { rows } = await base.owner.query<{ text: string }>(`select t::text as text from ${name} t`);
      const bytes = rows
        .map(({ text }) => text + Buffer.from(text.replace(/[^0-9a-f]/g, ''), 'hex').toString('latin1'))
        .join();
      for (const [idNumber, person] of some) {
        expect(bytes).not.toContain(idNumber);
        expect(bytes).not.toContain(Buffer.from(idNumber!).toString('hex'));
        expect(bytes).not.toContain(Buffer.from(person!).toString('hex'));
      }
    }
  });

  it('is out of reach for every login of the hub, except number by number', async () => {
    await importAs(extract(some));
    for (const pool of [base.db.app, base.db.engine, base.db.publicReader])
      await expect(pool.query('select from register_entry')).rejects.toThrow(/permission denied/);
    const lookUp = (login: typeof base.db.app) =>
      login.query('select id from register_lookup($1, $2, $3)', ['police', [seal.index(numberOf(1))], '2026-11-01']);
    expect((await lookUp(base.db.app)).rows).toHaveLength(1);
    await expect(lookUp(base.db.publicReader)).rejects.toThrow(/permission denied/);
  });

  it('writes who imported what into the write log', async () => {
    await importAs(extract(some, { id: 'logged' }));
    const { rows } = await base.owner.query(
      `select subject, verb, entity from write_entry where entity_id = 'police/logged'`,
    );
    expect(rows).toEqual([{ subject: 'clerk', verb: 'importRegister', entity: 'RegisterParcel' }]);
  });

  it.each([
    ['UTF-8 with a byte order mark', { bom: true }],
    ['GB 18030', { charset: 'GB18030' }],
  ] as const)('reads %s, rare characters included', async (_charset, terms) => {
    expect(await importAs(extract(some, terms))).toMatchObject({ landed: 4, rejected: 0 });
  });

  it('leaves no reject file where nothing is rejected', async () => {
    const given = extract(some);
    await importAs(given);
    expect(readdirSync(given.folder).sort()).toEqual(['HJ-2026-11.csv', 'HJ-2026-11.json']);
  });

  it('takes the newer extract for a person, and not an older one that comes late', async () => {
    const dated = (id: string, asOf: string) => ({ id, change: (manifest: object) => ({ ...manifest, asOf }) });
    await importAs(extract(some, dated('new', '2026-11-20')));
    const newer = await entries();
    await importAs(extract(some.slice(0, 2), dated('old', '2026-11-10')));
    expect(await entries()).toEqual(newer);
    await importAs(extract(some.slice(0, 2), dated('newest', '2026-11-21')));
    const changed = (await entries()).filter(({ id }) => !newer.some((one) => one.id === id));
    expect(changed).toHaveLength(2);
  });
});

describe('a parcel that is not what its manifest says', () => {
  const rows = [0, 1, 2, 3].map(rowOf);
  const refused: readonly (readonly [string, ExtractTerms, (given: Extract) => unknown, RegExp])[] = [
    ['a table with one byte changed', {}, ({ table }) => flip(table), /SHA-256/],
    ['a table that was cut', {}, ({ table }) => truncateSync(table, 100), /not as long as promised/],
    ['a table that grew', {}, ({ table }) => appendFileSync(table, 'x'), /not as long as promised/],
    ['a table that is not there', {}, ({ table }) => rmSync(table), /incomplete/],
    ['a table still under way', {}, ({ table }) => renameSync(table, `${table}.part`), /incomplete/],
    ['no manifest', {}, ({ manifest }) => rmSync(manifest), /incomplete|0 manifests/],
    [
      'a manifest still under way',
      {},
      ({ manifest }) => renameSync(manifest, `${manifest}.part`),
      /incomplete|0 manifests/,
    ],
    ['bytes of another charset', { written: 'GB18030' }, () => undefined, /not UTF-8/],
    [
      'another charset declared',
      { charset: 'GB18030', written: 'UTF-8' },
      () => undefined,
      /not GB18030|lacks the columns/,
    ],
    ['fewer rows than promised', { change: promising(5) }, () => undefined, /4 rows, and its manifest promises 5/],
    ['a path in its file name', { change: named('../HJ.csv') }, () => undefined, /not one of a parcel/],
    ['no coverage', { change: ({ coverage: _none, ...rest }) => rest }, () => undefined, /coverage/],
  ];

  it.each(refused)('(%s) is refused whole', async (_what, terms, spoil, why) => {
    const given = extract(rows, terms);
    spoil(given);
    await expect(importAs(given, existsSync(given.table) ? given.table : given.folder)).rejects.toThrow(why);
    expect(await entries()).toEqual([]);
    expect(readdirSync(given.folder).filter((name) => name.startsWith('rejects'))).toEqual([]);
  });

  it('(the id of another one) is refused, and the first stays', async () => {
    await importAs(extract(rows));
    const before = await entries();
    await expect(importAs(extract(rows.slice(1)))).rejects.toThrow(/a new parcel needs a new id/);
    expect(await entries()).toEqual(before);
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 3]! ^= 1;
  rmSync(file);
  appendFileSync(file, bytes);
}

interface Cover extends Record<string, unknown> {
  readonly files: readonly object[];
}
function promising(rows: number) {
  return (manifest: Record<string, unknown>) => ({ ...manifest, files: [{ ...(manifest as Cover).files[0], rows }] });
}
function named(name: string) {
  return (manifest: Record<string, unknown>) => ({ ...manifest, files: [{ ...(manifest as Cover).files[0], name }] });
}
