import { openCase } from '../../src/commands/open-case';
import { startApplication } from '../../src/commands/start-application';
import { submitApplication } from '../../src/commands/submit-application';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { ONGNIUD, openOffice, TODAY, type Office } from '../commands/support/office';
import { desk } from '../tenancy/tenancy-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

/** A household that has been together since 2010, with an application that nobody has handed in; no letter is signed. */
async function drafted() {
  const home = await office.home(ONGNIUD);
  await office.rows(`update household_member set from_date = '2010-01-01' where household_id = $1`, [home.id]);
  const by = (day: string) => desk(office, ONGNIUD).on(day, { role: 'COMMUNITY_WORKER', office: ONGNIUD });
  const { id: caseId } = await openCase(by(TODAY), {
    ...{ householdId: home.id, kind: CaseKind.APPLICATION, programme: Programme.LOW_RENT },
    applicantId: home.people[0]!.id,
  });
  const { id: applicationId } = await startApplication(by(TODAY), caseId);
  return { home, applicationId, submit: (day: string) => submitApplication(by(day), { applicationId, version: 0 }) };
}
const left = (id: string) =>
  office.rows(
    'select a.state, a.version, (select count(*)::int from application_step s where s.application_id = a.id) as steps from application a where a.id = $1',
    [id],
  );

describe('handing in an application [IM-6(1)]', () => {
  it('calls nobody a minor where no age of majority is in force on the day, but names the number to be registered first', async () => {
    const { applicationId, submit } = await drafted();
    await expect(submit('2013-06-03')).rejects.toMatchObject({ code: 'PARAMETER_UNSET', field: 'adult-age.years' });
    await expect(submit(TODAY)).rejects.toMatchObject({ code: 'LETTER_NOT_COVERING' }); // of age: the next guard speaks
    expect(await left(applicationId)).toEqual([{ state: 'DRAFT', version: 0, steps: 0 }]);
  });

  it('says so of a minor where a number is in force', async () => {
    const { home, applicationId, submit } = await drafted();
    await office.rows(`update person set birth_date = '2008-11-23' where id = $1`, [home.people[0]!.id]);
    await expect(submit(TODAY)).rejects.toMatchObject({ code: 'MINOR_APPLICANT', field: 'applicationId' });
    expect(await left(applicationId)).toEqual([{ state: 'DRAFT', version: 0, steps: 0 }]);
  });
});
