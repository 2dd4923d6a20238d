import { createHash, randomUUID } from 'node:crypto';
import { arrangeArchiveEntry } from '../../src/commands/arrange-archive-entry';
import { correctArchiveEntry } from '../../src/commands/correct-archive-entry';
import { fileArchiveEntry } from '../../src/commands/file-archive-entry';
import { shelveArchiveEntry } from '../../src/commands/shelve-archive-entry';
import { SECTIONS, type ArchiveSection } from '../../schema/archive/sections';
import { HONGSHAN, NOW, ONGNIUD, openOffice, TIANE, TODAY, type Office } from '../commands/support/office';
import { approvedIn, bySql, STEP, waits } from '../waiting/queue-of';
import { dwellingIn, officerAt, refusalOf, seenOf } from './archive-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

const officer = (region = ONGNIUD as string, subject = 'officer-1') => officerAt(office, () => NOW, region, subject);
const paper = (householdId: string, section = 'HUKOU') =>
  fileArchiveEntry(officer(), {
    ...{ householdId, section: section as ArchiveSection, title: '户口簿复印件', place: '一号柜三格' },
    validFrom: '2026-01-01',
  });
const refused = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: { constraint?: string; message: string }) => error.constraint ?? error.message,
  );

interface Kept {
  readonly seq: number;
  readonly head: string;
  readonly prev: string;
  readonly hash: string;
}
const chainOf = (household: string) =>
  office.rows<Kept>(
    `select e.seq, archive_head(e) as head, e.prev_hash as prev, e.hash from archive_entry e where household_id = $1 order by seq`,
    [household],
  );

describe('an archive', () => {
  it('has the same sections in the code and in the database', async () => {
    const kept = await office.rows<{ row: string }>(`select file_kind || ' ' || section as row from archive_section`);
    const listed = Object.entries(SECTIONS).flatMap(([kind, sections]) => sections.map((one) => `${kind} ${one}`));
    expect(kept.map(({ row }) => row).sort()).toEqual(listed.sort());
  });

  it('keeps an entry as it was, for every role; a correction is an entry of its own that says which one it stands for [IM-4.8]', async () => {
    const { id: household } = await office.home(ONGNIUD);
    const entry = await paper(household);
    const body = await office.rows('select sealed, salt from archive_body where entry_id = $1', [entry.id]);
    expect(JSON.stringify(body)).not.toContain('户口簿');
    for (const text of [
      `update archive_entry set section = 'INCOME' where id = $1`,
      `update archive_entry set valid_to = '2026-02-01' where id = $1`,
      `delete from archive_entry where id = $1`,
      `update archive_file set opened_at = now() where id = (select file_id from archive_entry where id = $1)`,
      `delete from archive_step where entry_id = $1`,
    ]) {
      expect([text, await refused(office.rows(text, [entry.id]))]).toEqual([text, 'archive_stands']);
      expect([text, await refused(bySql(office.base, ONGNIUD, text, [entry.id]))]).toEqual([
        text,
        expect.stringMatching(/denied/),
      ]);
    }
    expect(await refused(office.rows('truncate archive_entry cascade'))).toBe('archive_stands');
    const words = { title: '户口簿复印件（2026 年换发）', validFrom: '2026-01-01', reason: '换发' };
    const correction = await correctArchiveEntry(officer(), { entryId: entry.id, ...words });
    expect(correction).toMatchObject({ corrects: entry.id, seq: 2, section: 'HUKOU' });
    const [first] = await office.rows<{ hash: string }>('select hash from archive_entry where id = $1', [entry.id]);
    expect(first!.hash).toBe(entry.hash);
    expect(await refusalOf(correctArchiveEntry(officer(), { entryId: entry.id, ...words }))).toBe(
      'STALE_VERSION entryId',
    );
    const seen = await seenOf(officer(), household, TODAY, NOW);
    expect(seen!.map(({ material }) => [material!.title, material!.reason])).toEqual([[words.title, words.reason]]);
  });

  it('is one chain of hashes, whoever writes and however many at once', async () => {
    const { id: household } = await office.home(ONGNIUD);
    await Promise.all([...Array(6).keys()].map((at) => paper(household, at % 2 ? 'INCOME' : 'HUKOU')));
    const chain = await chainOf(household);
    expect(chain.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    let last = '0'.repeat(64);
    for (const { head, prev, hash } of chain) {
      expect(prev).toBe(last);
      last = createHash('sha256')
        .update(prev + head)
        .digest('hex');
      expect(hash).toBe(last);
    }
  });

  it('takes what happens by itself, by whatever statement; nobody makes up what happened, and nobody corrects it [IM-4.8]', async () => {
    const { id: household } = await office.home(ONGNIUD);
    const about = await approvedIn(office.base, ONGNIUD, household, { on: '2026-01-15' });
    const entry = await waits(office.base, about);
    await bySql(office.base, ONGNIUD, STEP, [
      ...[
        ONGNIUD,
        household,
        entry,
        0,
        'INVITATION',
        new Date('2026-02-01'),
        '2026-02-01',
        'COUNTY_HOUSING',
        '批次一',
        null,
      ],
    ]);
    const seen = (await seenOf(officer(), household, '2026-12-01', new Date()))!;
    expect(seen.map(({ fact, section, onDay, filedBy, stage }) => [fact, section, onDay, filedBy, stage])).toEqual([
      ['APPROVAL', 'REVIEW', '2026-01-15', 'x', 'FILED'],
      ['INVITATION', 'ALLOCATION', '2026-02-01', 'x', 'FILED'],
    ]);
    /* A file stays where it is; what happens is kept in it wherever the household went. */
    await office.rows(`update household set region_code = $2 where id = $1`, [household, HONGSHAN]);
    await bySql(office.base, ONGNIUD, STEP, [
      ...[
        ONGNIUD,
        household,
        entry,
        1,
        'REGISTRATION',
        new Date('2026-02-02'),
        '2026-02-02',
        'COUNTY_HOUSING',
        null,
        null,
      ],
    ]);
    expect((await seenOf(officer(), household, '2026-12-01', new Date()))!.map(({ fact }) => fact)).toEqual([
      'APPROVAL',
      'INVITATION',
      'REGISTRATION',
    ]);
    /* Its body is its row: written over by the owner, it is not what was kept any more. */
    const bodies = () =>
      office.rows<{ same: boolean }>(
        `select e.body_hash = encode(sha256(convert_to(archive_text(e.subject_kind, e.subject_id, b.salt), 'UTF8')), 'hex') as same
         from archive_entry e join archive_body b on b.entry_id = e.id where e.household_id = $1 order by e.seq`,
        [household],
      );
    expect(await bodies()).toEqual([{ same: true }, { same: true }, { same: true }]);
    await office.rows(`update waiting_step set note = '另一理由' where entry_id = $1`, [entry]);
    expect(await bodies()).toEqual([{ same: true }, { same: false }, { same: false }]);
    const made = `insert into archive_entry (id, region_code, household_id, section, form, subject_kind, subject_id, fact, valid_from, recorded_at, filed_by, role, office, on_day, body_hash)
      values ($1, $2, $3, 'REVIEW', 'FACT', 'APPLICATION_STEP', $1, 'PASS', '2026-01-01', now(), 'x', 'x', 'x', '2026-01-01', repeat('0', 64))`;
    expect(await refused(bySql(office.base, ONGNIUD, made, [randomUUID(), ONGNIUD, household]))).toBe(
      'archive_fact_by_itself',
    );
    const fact = { entryId: seen[0]!.id, title: '另一结论', validFrom: '2026-01-01', reason: '更正' };
    expect(await refusalOf(correctArchiveEntry(officer(), fact))).toBe('ILLEGAL_MOVE entryId');
  });

  it('brings what is collected through arranging to filing, each by somebody on a day, and never past a stage [IM-4.4]', async () => {
    const { id: household } = await office.home(ONGNIUD);
    const { id } = await paper(household);
    const stages = async () =>
      (await seenOf(officer(), household, TODAY, NOW))!.map(({ stage, filedBy }) => [stage, filedBy]);
    expect(await stages()).toEqual([['COLLECTED', 'officer-1']]);
    expect(await refusalOf(shelveArchiveEntry(officer(), id))).toBe('ILLEGAL_MOVE entryId');
    expect(await arrangeArchiveEntry(officer(ONGNIUD, 'officer-2'), id)).toMatchObject({
      takenBy: 'officer-2',
      onDay: TODAY,
    });
    expect(await refusalOf(arrangeArchiveEntry(officer(), id))).toBe('ILLEGAL_MOVE entryId');
    expect(await shelveArchiveEntry(officer(ONGNIUD, 'officer-3'), id)).toMatchObject({
      takenBy: 'officer-3',
      stage: 'FILED',
    });
    expect(await stages()).toEqual([['FILED', 'officer-1']]);
    const skip = `insert into archive_step (id, region_code, entry_id, stage, at, on_day, taken_by, role, office) values (gen_random_uuid(), $1, $2, 'FILED', now(), '2026-12-01', 'x', 'x', 'x')`;
    const other = await paper(household);
    expect(await refused(bySql(office.base, ONGNIUD, skip, [ONGNIUD, other.id]))).toBe('archive_legal_move');
  });

  it('is of a household or a dwelling of the caller’s region, in its own sections alone', async () => {
    const [{ id: home }, { id: far }] = [await office.home(ONGNIUD), await office.home(TIANE)];
    const dwelling = await dwellingIn(office);
    const file = (subject: object, section = 'HUKOU') =>
      refusalOf(
        fileArchiveEntry(officer(), {
          ...subject,
          section: section as ArchiveSection,
          title: '材料',
          validFrom: '2026-01-01',
        }),
      );
    expect(await file({ householdId: far })).toBe('NOT_FOUND subject');
    expect(await file({ householdId: home, dwellingId: dwelling })).toBe('INVALID_INPUT subject');
    expect(await file({})).toBe('INVALID_INPUT subject');
    expect(await file({ householdId: home }, 'TITLE')).toBe('INVALID_INPUT section');
    expect(await file({ dwellingId: dwelling }, 'HUKOU')).toBe('INVALID_INPUT section');
    expect(await file({ dwellingId: dwelling }, 'TITLE')).toBe('done');
    expect(await file({ householdId: home, documentId: randomUUID() })).toBe('NOT_FOUND documentId');
    expect(
      await refusalOf(
        correctArchiveEntry(officer(TIANE), {
          entryId: (await paper(home)).id,
          title: 'x',
          validFrom: '2026-01-01',
          reason: 'x',
        }),
      ),
    ).toBe('NOT_FOUND entryId');
  });
});
