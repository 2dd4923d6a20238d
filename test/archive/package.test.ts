import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeSigner, type Signer } from '../../src/audit/signer';
import { sealedUnder } from '../../src/access/seal';
import { writePackage } from '../../src/cli/archive/write';
import { confirmArchiveDisposal } from '../../src/commands/confirm-archive-disposal';
import { correctArchiveEntry } from '../../src/commands/correct-archive-entry';
import { fileArchiveEntry } from '../../src/commands/file-archive-entry';
import { proposeArchiveDisposal } from '../../src/commands/propose-archive-disposal';
import { makeLog } from '../../src/log';
import { eraseArchives } from '../../src/store/archive/erase';
import { packed, type PackedFile } from '../../src/store/archive/package';
import { folderStore } from '../../src/store/files/folder';
import { keepFile } from '../../src/store/files/sealed-files';
import { reportOnPackage } from '../../src/verify/archive/report';
import { ArchiveSection } from '../../schema/archive/sections';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { testFolder } from '../support/folder';
import { approvedIn } from '../waiting/queue-of';
import { officerAt, refusalOf, seenOf } from './archive-of';

const room = testFolder();
const pem = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const [signer, stranger] = [makeSigner(pem()), makeSigner(pem())];
const keysFile = (of: Signer, kid = of.publicJwk['kid']): string => {
  const path = join(room, `${randomUUID()}.json`);
  writeFileSync(path, JSON.stringify({ keys: [{ ...of.publicJwk, kid }] }));
  return path;
};
const files = folderStore(join(room, 'files'));
const now = new Date('2026-11-22T04:00:00Z');
let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());
const officer = (subject = 'officer-1') => officerAt(office, () => now, ONGNIUD, subject);

/** What is written of somebody, each in another place. */
interface Planted {
  readonly household: string;
  readonly document: string;
  readonly application: string;
  readonly file: PackedFile;
  readonly words: readonly string[];
}
async function plant(): Promise<Planted> {
  const { id: household } = await office.home(ONGNIUD);
  const mark = randomUUID().slice(0, 8);
  const words = ['题名', '位置', '更正', '文件', '字节', '意见'].map((where) => `${where}${mark}`);
  const [title, place, reason, name, bytes, note] = words as [string, string, string, string, string, string];
  const { application } = await approvedIn(office.base, ONGNIUD, household, { on: '2026-01-15' });
  await office.rows(`update application_step set note = $2 where application_id = $1`, [application, note]);
  const document = randomUUID();
  const kept = await keepFile(
    { files, seal: office.hub.seal, log: office.hub.log },
    document,
    (async function* () {
      yield Buffer.from(bytes);
    })(),
  );
  await office.rows('alter table application_document disable trigger guard_application_document');
  await office.rows(
    `insert into application_document values ($1, $2, $3, $4, 'INCOME', $5, 'application/pdf', $6, $7, '2026-01-10', 'x', null, null, null, $8, $9)`,
    [
      ...[document, ONGNIUD, household, application, name, kept.bytes, kept.sha256, kept.sealedKey],
      sealedUnder(kept.sealedKey),
    ],
  );
  await office.rows('alter table application_document enable trigger guard_application_document');
  /* A step that is noted down as it is taken, as the verbs do. */
  await office.rows('alter table application_step disable trigger take_application_step');
  await office.rows(
    `insert into application_step (id, region_code, household_id, application_id, version, kind, round, at, on_day, taken_by, role, office, note)
     values (gen_random_uuid(), $1, $2, $3, 9, 'REVOCATION', 3, now(), '2026-02-01', 'x', 'COUNTY_HOUSING', $1, $4)`,
    [ONGNIUD, household, application, note],
  );
  await office.rows('alter table application_step enable trigger take_application_step');
  await office.rows(`update application_step set note = null where application_id = $1 and kind = 'APPROVAL'`, [
    application,
  ]);
  const material = { householdId: household, section: ArchiveSection.HUKOU, title, place, validFrom: '2026-01-01' };
  const { id: entryId, fileId } = await fileArchiveEntry(officer(), material);
  await fileArchiveEntry(officer(), { ...material, section: ArchiveSection.INCOME, documentId: document });
  await correctArchiveEntry(officer(), { entryId, title, place, reason, validFrom: '2026-01-01' });
  const file = { id: fileId, kind: 'HOUSEHOLD', subjectId: household, regionCode: ONGNIUD };
  return { household, document, application, file, words };
}

const packer = (by: Signer = signer) => ({
  ...{ db: office.base.db, seal: office.hub.seal, files, log: makeLog('silent'), signer: by, now: () => now },
});
async function pack({ file }: Planted): Promise<string> {
  const folder = mkdtempSync(join(room, 'package-'));
  await writePackage(folder, packed(packer(), officer(), file));
  return folder;
}
function verified(folder: string, keys = keysFile(signer)): readonly [code: number, said: string] {
  const said: string[] = [];
  return [reportOnPackage(folder, keys, (line) => void said.push(line)), said.join('\n')];
}
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    entries: { head: string; hash: string; item: string | null; erasedOn: string | null }[];
    items: { name: string; bytes: number; sha256: string }[];
    chain: { size: number; head: string };
  };
/** By whoever has the key, too. */
function sign(folder: string, manifest: object): void {
  const { canonical, signature } = signer.sign(manifest);
  writeFileSync(join(folder, 'manifest.json'), canonical);
  writeFileSync(join(folder, 'manifest.jws'), signature);
}

describe('a sealed package', () => {
  let whole: string;
  let planted: Planted;
  let items: readonly string[];
  beforeAll(async () => {
    planted = await plant();
    whole = await pack(planted);
    items = manifestOf(whole).items.map(({ name }) => name);
  });

  it('holds every entry and document of a file, and whoever has the public key finds it whole without the hub; the look is in the log', async () => {
    const [code, said] = verified(whole);
    expect([code, said]).toEqual([0, expect.stringContaining('6 entries in one chain, 7 items')]);
    const content = items.map((name) => readFileSync(join(whole, name), 'utf8')).join('\n');
    for (const word of planted.words) expect(content).toContain(word);
    const { rows } = await office.base.owner.query(
      `select from read_entry where fields = '{archivePackage}' and subject = 'officer-1'`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(await refusalOf(writePackage(whole, packed(packer(), officer(), planted.file)))).toMatch(/undefined/);
  });

  it.each<[string, (folder: string) => unknown, number, RegExp]>([
    [
      'an item is changed',
      (to) => writeFileSync(join(to, items[1]!), readFileSync(join(to, items[1]!), 'utf8').replace(/[0-9a-f]"/, 'g"')),
      1,
      /items\/000002.json: it was changed/,
    ],
    ['an item is cut short', (to) => truncateSync(join(to, items[0]!), 10), 1, /items\/000001.json: 10 bytes for/],
    ['an item is taken out', (to) => rmSync(join(to, items[3]!)), 1, /: it is not there/],
    [
      'an item is put in',
      (to) => writeFileSync(join(to, 'items/000099.json'), '{}'),
      1,
      /items\/000099.json: it is not in the manifest/,
    ],
    [
      'two items change places',
      (to) => {
        renameSync(join(to, 'items/000004.json'), join(to, 'x'));
        renameSync(join(to, 'items/000005.json'), join(to, 'items/000004.json'));
        renameSync(join(to, 'x'), join(to, 'items/000005.json'));
      },
      1,
      /items\/000004.json: /,
    ],
    [
      'an item is a link to one outside',
      (to) => {
        rmSync(join(to, items[0]!));
        symlinkSync(join(whole, items[0]!), join(to, items[0]!));
      },
      1,
      /items\/000001.json: it is no plain file/,
    ],
    [
      'the manifest is changed',
      (to) =>
        writeFileSync(
          join(to, 'manifest.json'),
          readFileSync(join(to, 'manifest.json'), 'utf8').replace('HOUSEHOLD', 'HOUSEHOLE'),
        ),
      1,
      /manifest.json: its signature does not hold/,
    ],
    [
      'the manifest is cut short',
      (to) => truncateSync(join(to, 'manifest.json'), 100),
      1,
      /manifest.json: its signature/,
    ],
    [
      'the signature is cut short',
      (to) => truncateSync(join(to, 'manifest.jws'), 100),
      1,
      /manifest.json: its signature/,
    ],
    ['the manifest is taken out', (to) => rmSync(join(to, 'manifest.json')), 2, /manifest.json is not there/],
    [
      'its signer leads out of the folder',
      (to) => {
        const m = manifestOf(to);
        m.items[0]!.name = '../../etc/passwd';
        sign(to, m);
      },
      1,
      /"..\/..\/etc\/passwd": no name of an item/,
    ],
    [
      'its signer names an item twice',
      (to) => {
        const m = manifestOf(to);
        m.items.push(m.items[0]!);
        sign(to, m);
      },
      1,
      /items\/000001.json: it stands twice/,
    ],
    [
      'its signer changes the order of entries',
      (to) => {
        const m = manifestOf(to);
        m.entries.reverse();
        sign(to, m);
      },
      1,
      /entry 1: it is of another place/,
    ],
    [
      'its signer counts otherwise',
      (to) => {
        const m = manifestOf(to);
        m.chain.size += 1;
        sign(to, m);
      },
      1,
      /chain: it ends elsewhere/,
    ],
    [
      'its signer leaves the last entry out',
      (to) => {
        const m = manifestOf(to);
        m.entries.pop();
        sign(to, m);
      },
      1,
      /chain: it ends elsewhere/,
    ],
    [
      'its signer writes another head',
      (to) => {
        const m = manifestOf(to);
        m.entries[2]!.head = m.entries[2]!.head.replace('COUNTY_HOUSING', 'CITY_HOUSING');
        sign(to, m);
      },
      1,
      /entry 3: it does not follow/,
    ],
    [
      'its signer gives an entry another body',
      (to) => {
        const m = manifestOf(to);
        m.entries[1]!.item = m.entries[0]!.item;
        sign(to, m);
      },
      1,
      /it is not the body of entry 2/,
    ],
    [
      'its signer calls a body neither there nor erased',
      (to) => {
        const m = manifestOf(to);
        m.entries[1]!.item = null;
        sign(to, m);
      },
      1,
      /entry 2: its body is neither/,
    ],
  ])('is found out when %s', (_what, change, code, said) => {
    const folder = mkdtempSync(join(room, 'changed-'));
    cpSync(whole, folder, { recursive: true });
    change(folder);
    expect(verified(folder)).toEqual([code, expect.stringMatching(said)]);
  });

  it('is not taken by another key, under its own name or by the name of the right one', () => {
    expect(verified(whole, keysFile(stranger))).toEqual([2, expect.stringContaining('not among those given')]);
    const posing = keysFile(stranger, signer.publicJwk['kid']);
    expect(verified(whole, posing)).toEqual([1, expect.stringContaining('manifest.json: its signature does not hold')]);
  });

  it('is not made of what is not as it was kept', async () => {
    const other = await plant();
    await office.rows(
      `update application_step set note = '另一意见' where application_id = $1 and kind = 'REVOCATION'`,
      [other.application],
    );
    expect(await refusalOf(pack(other))).toBe('FILE_BROKEN entries');
  });
});

describe('erasing', () => {
  const TABLES = `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;
  /** Tables and files that hold any of the words, as text or hex. */
  async function holding(words: readonly string[]): Promise<string[]> {
    const forms = words.flatMap((word) => [
      word,
      Buffer.from(word).toString('hex'),
      Buffer.from(word).toString('base64').replace(/=+$/, ''),
    ]);
    const found: string[] = [];
    for (const { name } of await office.rows<{ name: string }>(TABLES)) {
      const [row] = await office.rows<{ held: boolean }>(
        `select exists (select from ${name} t, unnest($1::text[]) as w where position(w in t::text) > 0) as held`,
        [forms],
      );
      if (row!.held) found.push(name);
    }
    for (const path of readdirSync(join(room, 'files'), { recursive: true, withFileTypes: true }))
      if (path.isFile() && forms.some((form) => readFileSync(join(path.parentPath, path.name), 'utf8').includes(form)))
        found.push(path.name);
    return found;
  }
  const erase = (at: Date) => eraseArchives({ owner: office.base.owner, files, now: at, subject: 'archivist' });
  const ids = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map(({ name }) => name);

  it('by the decision of two leaves nothing but hashes, in no table and no file; chain and package hold and say what is gone', async () => {
    const [gone, stays] = [await plant(), await plant()];
    const before = await office.rows<{ hash: string }>(
      'select hash from archive_entry where file_id = $1 order by seq',
      [gone.file.id],
    );
    expect((await holding(gone.words)).sort()).toEqual([
      ...['public.application_document', 'public.application_step', 'public.notice'],
    ]);
    expect(ids(join(room, 'files'))).toContain(gone.document);
    const disposal = await proposeArchiveDisposal(officer(), { fileId: gone.file.id, documentNumber: '销〔2026〕1号' });
    expect(await erase(now)).toBe(0); // one person’s word is none
    await confirmArchiveDisposal(officer('officer-2'), disposal.id);
    expect(await erase(now)).toBe(6);
    expect(await erase(now)).toBe(0);
    expect(await holding(gone.words)).toEqual([]);
    expect(
      await office.rows('select from archive_body b join archive_entry e on e.id = b.entry_id where e.file_id = $1', [
        gone.file.id,
      ]),
    ).toEqual([]);
    expect(ids(join(room, 'files'))).not.toContain(gone.document);
    expect(await office.rows('select hash from archive_entry where file_id = $1 order by seq', [gone.file.id])).toEqual(
      before,
    );
    expect(verified(await pack(gone))).toEqual([0, expect.stringContaining('hash kept: entries 1, 2, 3, 4, 5, 6')]);
    const seen = (await seenOf(officer(), gone.household, '2026-06-01', now))!;
    expect(seen.map(({ material, erasedOn }) => [material, erasedOn])).toEqual(seen.map(() => [null, '2026-11-22']));
    /* Of others nothing is gone. */
    expect(verified(await pack(stays))[0]).toBe(0);
    expect((await holding(stays.words)).length).toBe(3);
    const log = await office.rows<{ subject: string }>(
      `select distinct subject from write_entry where verb = 'eraseArchive'`,
    );
    expect(log).toEqual([{ subject: 'archivist' }]);
  });

  it('by time takes paper when its years after the end of security are over, and what is kept for ever never', async () => {
    const { file, household } = await plant();
    const bodies = async () =>
      (
        await office.rows<{ form: string }>(
          `select e.form from archive_entry e join archive_body b on b.entry_id = e.id where e.file_id = $1 order by e.seq`,
          [file.id],
        )
      ).map(({ form }) => form);
    const all = await bodies();
    const entitlement = (until: string | null) =>
      office.rows(`insert into entitlement values (gen_random_uuid(), $1, $2, 'PUBLIC_RENTAL', '2026-02-01', $3)`, [
        ONGNIUD,
        household,
        until,
      ]);
    await entitlement('2027-03-31');
    await entitlement(null);
    expect(await erase(new Date('2090-01-01'))).toBe(0); // secured still
    await office.rows(`update entitlement set until = '2030-03-31' where household_id = $1 and until is null`, [
      household,
    ]);
    expect(await erase(new Date('2060-03-31T04:00:00Z'))).toBe(0);
    expect(await bodies()).toEqual(all);
    expect(await erase(new Date('2060-04-01T04:00:00Z'))).toBe(2); // thirty years, of paper
    expect(await bodies()).toEqual(all.filter((form) => form !== 'PAPER'));
    expect(await erase(new Date('2200-01-01'))).toBe(0);
  });
});
