import { addAssistingDepartment } from '../../src/commands/add-assisting-department';
import { closeSupervisionMatter } from '../../src/commands/close-supervision-matter';
import { giveAssistingOpinion } from '../../src/commands/give-assisting-opinion';
import { openSupervisionMatter } from '../../src/commands/open-supervision-matter';
import { inScope } from '../../src/store/database';
import { pageOfMatters } from '../../resolvers/housing/supervision/matter-rows';
import { Opinion } from '../../schema/review/review-step';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { approvedIn } from '../waiting/queue-of';

let office: Office;
let application: string;
beforeAll(async () => {
  office = await openOffice();
  const { id } = await office.home();
  ({ application } = await approvedIn(office.base, HONGSHAN, id, { flow: 'DISTRICTED_FLOW' }));
});
afterAll(() => office.close());

const civil = () => office.as({ role: 'CIVIL_AFFAIRS', subject: 'civil' });
const open = () =>
  openSupervisionMatter(office.as(), { applicationId: application, documentNumber: '赤住保监〔2026〕1号' });
const opinion = { opinion: Opinion.OBJECTS, documentNumber: '赤民函〔2026〕2号' };
const seen = async (ctx = civil()) => (await pageOfMatters(ctx, HONGSHAN, {})).nodes;

describe('civil affairs', () => {
  it('sees a matter about an application and says what it thinks where the housing department has added it; else it is denied; and it cannot close the matter [GX-10.1.2-b]', async () => {
    const { id: matterId } = await open();
    expect(await seen()).toEqual([]);
    await expect(giveAssistingOpinion(civil(), { matterId, ...opinion })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await addAssistingDepartment(office.as(), { matterId });
    expect(await seen()).toMatchObject([{ id: matterId, applicationId: application, assisting: 'CIVIL_AFFAIRS' }]);
    await giveAssistingOpinion(civil(), { matterId, ...opinion });
    expect(await seen()).toMatchObject([
      { opinion: 'OBJECTS', opinionDocument: '赤民函〔2026〕2号', opinionBy: 'civil' },
    ]);
    await expect(giveAssistingOpinion(civil(), { matterId, ...opinion })).rejects.toMatchObject({
      code: 'ILLEGAL_MOVE',
    });
    /* The table of permissions lets housing alone; past it the database asks the role. */
    const closing = { matterId, documentNumber: '赤住保监〔2026〕3号' };
    await expect(closeSupervisionMatter(civil(), closing)).rejects.toMatchObject({ code: '23514' });
    await expect(closeSupervisionMatter(office.as(), closing)).resolves.toMatchObject({ closedBy: 'officer-1' });
    await expect(closeSupervisionMatter(office.as(), closing)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
  });

  it('of another county sees nothing of it', async () => {
    const { id: matterId } = await open();
    await addAssistingDepartment(office.as(), { matterId });
    const far = office.as({ role: 'CIVIL_AFFAIRS', office: ONGNIUD, regions: [ONGNIUD] });
    expect(await seen(far)).toEqual([]);
    await expect(giveAssistingOpinion(far, { matterId, ...opinion })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has no opinion on record without having been added, by whatever statement', async () => {
    const { id } = await open();
    const bySql = (set: string) =>
      inScope(office.hub.db.app, [HONGSHAN], (client) =>
        client.query(`update supervision_matter set ${set} where id = $1`, [id]),
      );
    const said = `opinion = 'AGREES', opinion_document = 'x', opinion_on = '2026-11-22', opinion_by = 'civil', opinion_role = 'CIVIL_AFFAIRS'`;
    await expect(bySql(said)).rejects.toMatchObject({ constraint: 'supervision_matter_of_assisting' });
    await addAssistingDepartment(office.as(), { matterId: id });
    await expect(bySql(said.replace(`'CIVIL_AFFAIRS'`, `'COUNTY_HOUSING'`))).rejects.toMatchObject({ code: '23514' });
    await bySql(said);
    for (const set of [
      'opinion_by = null, opinion = null, opinion_document = null, opinion_on = null, opinion_role = null',
      'assisting = null, assisting_on = null, assisting_by = null',
    ])
      await expect(bySql(set)).rejects.toMatchObject({ constraint: 'supervision_matter_stands' });
  });
});
