import { randomUUID } from 'node:crypto';
import { closeCase } from '../../src/commands/close-case';
import { openCase, type OpenCase } from '../../src/commands/open-case';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { HONGSHAN, ONGNIUD, openOffice, TODAY, type Home, type Office } from './support/office';

let office: Office;
let home: Home;
beforeAll(async () => void (office = await openOffice()));
beforeEach(async () => void (home = await office.home()));
afterAll(() => office.close());

const application = (changes: Partial<OpenCase> = {}): OpenCase => ({
  householdId: home.id,
  kind: CaseKind.APPLICATION,
  programme: Programme.LOW_RENT,
  applicantId: home.people[0]!.id,
  ...changes,
});
const eighteen = async (region: string): Promise<OpenCase> => {
  const young = await office.home(region, [{ name: '李青', birth: '2008-11-22', relation: 'APPLICANT' }]);
  return application({ householdId: young.id, applicantId: young.people[0]!.id });
};
const casesOf = (householdId: string) =>
  office.rows('select * from housing_case where household_id = $1', [householdId]);

describe('openCase [IM-6(1), IM-4.7]', () => {
  it('opens a case of today in the region of the household', async () => {
    const opened = await openCase(office.as(), application({ declaredIncomeFen: 300_000 }));
    expect(await casesOf(home.id)).toMatchObject([
      { id: opened.id, region_code: home.regionCode, submitted_on: expect.anything(), declared_income_fen: '300000' },
    ]);
    expect(opened.submittedOn).toBe(TODAY);
  });

  it('writes the act down in the same transaction, with names of fields and no values', async () => {
    const ctx = office.as();
    const opened = await openCase(ctx, application());
    const log = await office.rows<{ fields: string[] }>('select * from write_entry where request_id = $1', [
      ctx.requestId,
    ]);
    expect(log).toMatchObject([{ subject: 'officer-1', verb: 'openCase', entity: 'Case', entity_id: opened.id }]);
    expect(log[0]!.fields).toContain('applicantId');
  });

  it('writes the look at birth dates down', async () => {
    const ctx = office.as();
    await openCase(ctx, application());
    const looks = await office.rows('select person_id, fields from read_entry where request_id = $1', [ctx.requestId]);
    expect(looks).toHaveLength(2);
    expect(looks).toContainEqual({ person_id: home.people[0]!.id, fields: ['birthDate'] });
  });

  it.each([
    ['a minor applicant', () => ({ applicantId: home.people[1]!.id }), 'MINOR_APPLICANT', 'applicantId'],
    ['an applicant who is no member', () => ({ applicantId: randomUUID() }), 'INVALID_INPUT', 'applicantId'],
    ['a member who had not joined yet', () => ({ submittedOn: '2019-12-31' }), 'INVALID_INPUT', 'applicantId'],
    ['a household that does not exist', () => ({ householdId: randomUUID() }), 'NOT_FOUND', 'householdId'],
    ['a day to come', () => ({ submittedOn: '2026-11-23' }), 'INVALID_INPUT', 'submittedOn'],
    ['a day that is none', () => ({ submittedOn: '2026-02-30' }), 'INVALID_INPUT', 'submittedOn'],
    ['an income below zero', () => ({ declaredIncomeFen: -1 }), 'INVALID_INPUT', 'declaredIncomeFen'],
    ['an income in parts of a fen', () => ({ declaredIncomeFen: 0.5 }), 'INVALID_INPUT', 'declaredIncomeFen'],
  ])('refuses %s, naming the field, and writes nothing', async (_what, changes, code, field) => {
    await expect(async () => openCase(office.as(), application(changes()))).rejects.toMatchObject({ code, field });
    expect(await casesOf(home.id)).toEqual([]);
  });

  it('lets an applicant apply on the 18th birthday and not on the day before', async () => {
    const input = await eighteen(HONGSHAN);
    await expect(openCase(office.as(), { ...input, submittedOn: '2026-11-21' })).rejects.toMatchObject({
      code: 'MINOR_APPLICANT',
    });
    await expect(openCase(office.as(), { ...input, submittedOn: TODAY })).resolves.toMatchObject({ closedOn: null });
  });

  it('says of nobody that it is a minor where no age of majority is in force on the day, and writes nothing: the number is to be registered first', async () => {
    await office.rows(`update household_member set from_date = '2010-01-01' where household_id = $1`, [home.id]);
    const early = openCase(office.as(), application({ submittedOn: '2013-06-03' }));
    await expect(early).rejects.toMatchObject({ code: 'PARAMETER_UNSET', field: 'adult-age.years' });
    expect(await casesOf(home.id)).toEqual([]);
  });

  it('takes the age of majority that is in force in the region of the household, whatever it is elsewhere', async () => {
    const [young, far] = [await eighteen(HONGSHAN), await eighteen(ONGNIUD)];
    await office.rows(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'adult-age.years', $1, 19, 'year', '设定1号', 'UNVERIFIED', '2026-11-22', '2026-11-22')`,
      [ONGNIUD],
    );
    await expect(openCase(office.as({ office: ONGNIUD }), far)).rejects.toMatchObject({ code: 'MINOR_APPLICANT' });
    await expect(openCase(office.as(), young)).resolves.toMatchObject({ submittedOn: TODAY });
  });

  it('refuses a member who has left, from the day of leaving', async () => {
    const applicantId = home.people[0]!.id;
    await office.rows('update household_member set to_date = $2 where person_id = $1', [applicantId, '2026-05-01']);
    const on = (submittedOn: string) => openCase(office.as(), application({ submittedOn }));
    await expect(on('2026-05-01')).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'applicantId' });
    await expect(on('2026-04-30')).resolves.toMatchObject({ submittedOn: '2026-04-30' });
  });

  it('answers a household of another county like one that does not exist', async () => {
    const far = await office.home(ONGNIUD);
    const input = { ...application(), householdId: far.id, applicantId: far.people[0]!.id };
    await expect(openCase(office.as(), input)).rejects.toMatchObject({ code: 'NOT_FOUND', field: 'householdId' });
  });

  it('refuses a household whose file is closed', async () => {
    await office.rows('update household set closed_on = $2 where id = $1', [home.id, TODAY]);
    await expect(openCase(office.as(), application())).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'householdId',
    });
  });

  it('lets one of two clerks open the same application [IM-4.7]', async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => openCase(office.as(), application())));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      outcomes.filter(({ status }) => status === 'rejected').map((lost) => 'reason' in lost && lost.reason.code),
    ).toEqual(['CASE_ALREADY_OPEN', 'CASE_ALREADY_OPEN']);
    expect(await casesOf(home.id)).toHaveLength(1);
  });
});

describe('closeCase', () => {
  it('closes once, and a new application may follow', async () => {
    const { id: caseId } = await openCase(office.as(), application());
    await expect(closeCase(office.as(), { caseId })).resolves.toMatchObject({ closedOn: TODAY });
    await expect(closeCase(office.as(), { caseId })).rejects.toMatchObject({ code: 'CASE_CLOSED' });
    await expect(openCase(office.as(), application())).resolves.toMatchObject({ closedOn: null });
  });

  it('answers a case of another county like one that does not exist', async () => {
    const { id: caseId } = await openCase(office.as(), application());
    const elsewhere = office.as({ office: ONGNIUD });
    await expect(closeCase(elsewhere, { caseId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(closeCase(elsewhere, { caseId: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
