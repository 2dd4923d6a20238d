import { createHmac } from 'node:crypto';
import { arrangeArchiveEntry } from '../../src/commands/arrange-archive-entry';
import { confirmArchiveDisposal } from '../../src/commands/confirm-archive-disposal';
import { drawSpotCheck } from '../../src/commands/draw-spot-check';
import { fileArchiveEntry } from '../../src/commands/file-archive-entry';
import { proposeArchiveDisposal } from '../../src/commands/propose-archive-disposal';
import { recordSpotCheck } from '../../src/commands/record-spot-check';
import { shelveArchiveEntry } from '../../src/commands/shelve-archive-entry';
import type { RequestContext } from '../../src/context';
import { ArchiveFileResolver, FileOfHousehold } from '../../resolvers/housing/archive/file';
import { ArchiveCareResolver } from '../../resolvers/housing/archive/care';
import type { ArchiveFile } from '../../schema/archive/archive-file';
import { ArchiveFindingKind, type ArchiveFinding } from '../../schema/archive/archive-finding';
import type { ArchiveSection } from '../../schema/archive/sections';
import { SpotFound } from '../../schema/archive/spot-check';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { dwellingIn, officerAt, refusalOf } from './archive-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

let today = '2026-03-01';
const officer = (region = ONGNIUD as string, subject = 'officer-1') =>
  officerAt(office, () => new Date(`${today}T04:00:00Z`), region, subject);
const city = (): RequestContext => {
  const ctx = office.as({ role: 'CITY_HOUSING', office: '1504', subject: 'inspector' });
  return { ...ctx, hub: { ...office.hub, now: () => new Date(`${today}T04:00:00Z`) } };
};
const collect = (subject: object, section: string, ctx = officer()) =>
  fileArchiveEntry(ctx, { ...subject, section: section as ArchiveSection, title: '材料', validFrom: '2026-01-01' });
const found = async (region = ONGNIUD as string): Promise<ArchiveFinding[]> => {
  const { nodes } = await new ArchiveCareResolver().archiveFindings(officer(region), region, undefined, 200);
  return [...nodes];
};
const of = (findings: readonly ArchiveFinding[], subject: string) =>
  findings
    .filter(({ subjectId }) => subjectId === subject)
    .map(({ finding, section }) => [finding, section].filter(Boolean).join(' '));
const fileOf = async (household: string): Promise<ArchiveFile> =>
  (await new FileOfHousehold().file({ id: household }, { ...officer(), loaders: new Map() }))!;
const secured = (household: string, since = '2026-02-01') =>
  office.rows(`insert into entitlement values (gen_random_uuid(), $1, $2, 'PUBLIC_RENTAL', $3, null)`, [
    ONGNIUD,
    household,
    since,
  ]);
const occupied = async (): Promise<string> => {
  const id = await dwellingIn(office);
  await office.rows(`update dwelling set state = 'OCCUPIED' where id = $1`, [id]);
  return id;
};

describe('what archives lack', () => {
  const WANTED = ['ASSETS', 'CONTRACT', 'DECLARATION', 'HOUSING', 'HUKOU', 'INCOME', 'REVIEW'];

  it('is found of each secured household and occupied dwelling: no file, then each section that must be there, until it is [GX-9.2.1(6)]', async () => {
    const [{ id: home }, { id: waiting }, dwelling] = [
      await office.home(ONGNIUD),
      await office.home(ONGNIUD),
      await occupied(),
    ];
    const empty = await dwellingIn(office);
    await secured(home);
    expect(of(await found(), home)).toEqual(['NO_FILE']);
    expect(of(await found(), dwelling)).toEqual(['NO_FILE']);
    expect([of(await found(), waiting), of(await found(), empty)]).toEqual([[], []]);
    expect(of(await found(HONGSHAN), home)).toEqual([]);
    await collect({ dwellingId: dwelling }, 'TITLE');
    expect(of(await found(), dwelling)).toEqual(
      ['ALLOTMENTS', 'COMPLETION', 'CONTRACTS'].map((one) => `SECTION_MISSING ${one}`),
    );
    const left = [...WANTED];
    while (left.length > 0) {
      await collect({ householdId: home }, left.shift()!);
      expect(of(await found(), home)).toEqual(left.map((one) => `SECTION_MISSING ${one}`));
    }
  });

  it('is told by section and by phase in the file, with n of m; a section is missing until something is filed in it [IM-4.5(a)] [IM-4.5(b)] [IM-4.5(c)] [IM-4.5(d)] [IM-4.5(e)] [IM-4.5(g)]', async () => {
    const { id: home } = await office.home(ONGNIUD);
    await secured(home);
    await collect({ householdId: home }, 'EXIT');
    const told = async () => new ArchiveFileResolver().completeness(await fileOf(home), officer());
    const missing = async () =>
      (await told()).sections
        .filter((one) => one.missing)
        .map(({ section }) => section)
        .sort();
    for (const [at, section] of WANTED.entries()) {
      expect(await missing()).toContain(section);
      expect(await told()).toMatchObject({ present: at, required: 7 });
      await collect({ householdId: home }, section);
      expect(await missing()).not.toContain(section);
    }
    expect((await told()).phases.map(({ phase, reached, missing: lacks }) => [phase, reached, lacks])).toEqual([
      ...[
        ['APPLIED', true, []],
        ['APPROVED', true, []],
        ['SECURED', true, []],
      ],
    ]);
    /* Nothing must be there of whoever has not even applied; and a day before, nothing was. */
    const { id: newcomer } = await office.home(ONGNIUD);
    await collect({ householdId: newcomer }, 'EXIT');
    expect(await new ArchiveFileResolver().completeness(await fileOf(newcomer), officer())).toMatchObject({
      required: 0,
    });
    const before = { ...(await fileOf(home)), validOn: '2025-12-31' };
    expect(await new ArchiveFileResolver().completeness(before, officer())).toMatchObject({ present: 0, required: 0 });
  });

  it('is also what was collected and not filed in time: the stage at which it stands, and whose it is [IM-4.4]', async () => {
    const { id: home } = await office.home(ONGNIUD);
    today = '2026-03-01';
    const [first, second] = [
      await collect({ householdId: home }, 'HUKOU'),
      await collect({ householdId: home }, 'INCOME'),
    ];
    await arrangeArchiveEntry(officer(ONGNIUD, 'officer-2'), second.id);
    const late = async () =>
      (await found())
        .filter(({ finding, subjectId }) => finding === ArchiveFindingKind.STAGE_LATE && subjectId === home)
        .map(({ entryId, stage, person, dueOn }) => [entryId, stage, person, dueOn]);
    today = '2026-05-30'; // the ninetieth day
    expect(await late()).toEqual([]);
    today = '2026-05-31';
    expect(await late()).toEqual([
      [first.id, 'COLLECTED', 'officer-1', '2026-05-30'],
      [second.id, 'ARRANGED', 'officer-2', '2026-05-30'],
    ]);
    await shelveArchiveEntry(officer(), second.id);
    expect(await late()).toEqual([[first.id, 'COLLECTED', 'officer-1', '2026-05-30']]);
  });
});

describe('a spot check', () => {
  it('draws by the published seed what anybody draws again, counts once what is found, and tells the rate of each office', async () => {
    for (const region of [ONGNIUD, HONGSHAN])
      for (let at = 0; at < 4; at += 1) {
        const { id } = await office.home(region);
        await collect({ householdId: id }, 'HUKOU', officer(region));
      }
    const input = { region: '1504', year: 2026, size: 5, seed: '2026年6月1日双色球 03 07 11 19 22 30 08' };
    const check = await drawSpotCheck(city(), input);
    const files = await office.rows<{ id: string }>(`select id from archive_file where region_code like '1504%'`);
    const mark = (id: string) => createHmac('sha256', input.seed).update(id).digest('hex');
    const again = files
      .map(({ id }) => id)
      .sort((a, b) => (mark(a) < mark(b) ? -1 : 1))
      .slice(0, 5);
    const drawnFiles = () => new ArchiveCareResolver().files(check, city());
    expect(check.ofFiles).toBe(files.length);
    expect((await drawnFiles()).map(({ fileId }) => fileId)).toEqual(again);
    expect(await refusalOf(drawSpotCheck(city(), input))).toBe('STALE_VERSION seed');
    const record = (place: number, what: SpotFound, defects?: string) =>
      recordSpotCheck(city(), { checkId: check.id, place, found: what, defects: defects ?? null });
    expect(await refusalOf(record(1, SpotFound.DEFECTIVE))).toBe('INVALID_INPUT defects');
    await record(1, SpotFound.DEFECTIVE, '缺收入证明');
    expect(await refusalOf(record(1, SpotFound.IN_ORDER))).toBe('ILLEGAL_MOVE checkId');
    for (const place of [2, 3, 4]) await record(place, SpotFound.IN_ORDER);
    const rates = await new ArchiveCareResolver().rates(check, city());
    const regions = (await drawnFiles()).slice(0, 4).map(({ regionCode, found: what }) => [regionCode, what] as const);
    const naive = [...new Set(regions.map(([region]) => region))].sort().map((regionCode) => {
      const own = regions.filter(([region]) => region === regionCode);
      const inOrder = own.filter(([, what]) => what === 'IN_ORDER').length;
      return { regionCode, checked: own.length, inOrder, rate: inOrder / own.length };
    });
    expect(rates).toEqual(naive);
  });
});

describe('an order to erase', () => {
  it('is two persons’: whoever proposes it does not confirm it, and it is confirmed once', async () => {
    const { id: home } = await office.home(ONGNIUD);
    const { fileId } = await collect({ householdId: home }, 'HUKOU');
    const disposal = await proposeArchiveDisposal(officer(), { fileId, documentNumber: '销〔2026〕1号' });
    const again = proposeArchiveDisposal(officer(), { fileId, documentNumber: '销〔2026〕2号' });
    expect(await refusalOf(again)).toBe('ILLEGAL_MOVE fileId');
    expect(await refusalOf(confirmArchiveDisposal(officer(), disposal.id))).toBe('SECOND_PERSON_REQUIRED disposalId');
    const second = officer(ONGNIUD, 'officer-2');
    expect(await confirmArchiveDisposal(second, disposal.id)).toMatchObject({ confirmedBy: 'officer-2' });
    expect(await refusalOf(confirmArchiveDisposal(second, disposal.id))).toBe('ILLEGAL_MOVE disposalId');
    expect(await refusalOf(confirmArchiveDisposal(officer(HONGSHAN), disposal.id))).toBe('NOT_FOUND disposalId');
  });
});
