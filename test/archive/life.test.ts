import { hearExit } from '../../src/commands/hear-exit';
import { terminateContract } from '../../src/commands/terminate-contract';
import type { RequestContext } from '../../src/context';
import { ArchiveFileResolver, FileOfHousehold } from '../../resolvers/housing/archive/file';
import type { ArchiveEntry } from '../../schema/archive/archive-entry';
import { ONGNIUD, openOffice, type Office } from '../commands/support/office';
import {
  desk,
  exitOpened,
  handedOver,
  inBatch,
  publishTemplates,
  reviewDecided,
  type Home,
} from '../tenancy/tenancy-of';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
  await publishTemplates(office, ONGNIUD);
});
afterAll(() => office.close());

const files = new ArchiveFileResolver();
const later = (): RequestContext => ({ ...desk(office, ONGNIUD).county('2099-01-01'), loaders: new Map() });
const fileOf = async ({ household }: Home) => (await new FileOfHousehold().file({ id: household }, later()))!;
const fileOfDwelling = async ({ dwelling }: Home) => (await files.dwellingFile(dwelling, later()))!;
const told = (entries: readonly ArchiveEntry[]) => entries.map(({ section, fact }) => `${section} ${fact}`);

/** Every step there is of a household, as its tables hold them. */
const STEPS = `
  select id from application_step where household_id = $1 union all select id from review_step where household_id = $1
  union all select id from exit_case where household_id = $1 union all select id from tenancy_step where household_id = $1
  union all select id from waiting_step where household_id = $1`;
const subjects = async (home: Home) =>
  (await files.entries(await fileOf(home), later())).map(({ subjectId }) => subjectId);
const steps = async ({ household }: Home) =>
  (await office.rows<{ id: string }>(STEPS, [household])).map(({ id }) => id);

describe('the file of a household', () => {
  it('and that of its dwelling are there once it is allotted, and name each other [IM-4.1]', async () => {
    const [home, other] = [await inBatch(office, ONGNIUD), await inBatch(office, ONGNIUD)];
    for (const one of [home, other]) await handedOver(office, one);
    const [household, dwelling] = [await fileOf(home), await fileOfDwelling(home)];
    expect([household.kind, dwelling.kind]).toEqual(['HOUSEHOLD', 'DWELLING']);
    const related = async (file: typeof household) =>
      (await files.related(file, later())).map(({ id, kind }) => [id, kind]);
    expect(await related(household)).toEqual([[dwelling.id, 'DWELLING']]);
    expect(await related(dwelling)).toEqual([[household.id, 'HOUSEHOLD']]);
    expect((await office.rows('select from archive_file where household_id = $1', [home.household])).length).toBe(1);
    expect(told(await files.entries(dwelling, later()))).toEqual(
      expect.arrayContaining(['CONTRACTS CONTRACT_SIGNING', 'ALLOTMENTS ALLOTMENT_ACCEPTANCE', 'ALLOTMENTS HANDOVER']),
    );
  });

  it('holds its whole life: every step of application, queue, contract, yearly review and exit is appended, and what was there stays [IM-4.6]', async () => {
    const home = await inBatch(office, ONGNIUD);
    let before: ArchiveEntry[] = [];
    const appended = async () => {
      const entries = await files.entries(await fileOf(home), later());
      expect(entries.slice(0, before.length)).toEqual(before);
      const fresh = told(entries.slice(before.length));
      before = entries;
      return fresh;
    };
    expect(await appended()).toEqual(['REVIEW APPROVAL', 'ALLOCATION INVITATION', 'ALLOCATION REGISTRATION']);
    const { id: contractId, version } = await handedOver(office, home);
    expect(await appended()).toEqual(
      expect.arrayContaining([
        'CONTRACT CONTRACT_SIGNING',
        'CONTRACT CONTRACT_FILING',
        'CONTRACT CONTRACT_ACTIVATION',
        'ALLOCATION ALLOTMENT_HANDOVER',
      ]),
    );
    await reviewDecided(office, home, { outcome: 'ADJUST', effectiveOn: '2024-08-01' });
    expect(await appended()).toEqual(['REVIEW DECISION', 'REVIEW CONSULTATION']);
    const exitId = await exitOpened(office, home, '2025-01-10');
    expect(await appended()).toEqual(['REVIEW DECISION', 'REVIEW CONSULTATION', 'EXIT OPENED']);
    await hearExit(desk(office, ONGNIUD).county('2025-01-20'), { exitId, version: 0, record: '当事人到场' });
    expect(await appended()).toEqual(['EXIT EXIT_HEARING']);
    await terminateContract(desk(office, ONGNIUD).county('2025-02-01'), {
      ...{ contractId, version: version + 1, clauseId: '3', reason: '不再符合条件', documentNumber: '终1号' },
    });
    expect(await appended()).toEqual(expect.arrayContaining(['CONTRACT CONTRACT_TERMINATION']));
    expect((await subjects(home)).sort()).toEqual((await steps(home)).sort());
  });
});
