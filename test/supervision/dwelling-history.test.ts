import { moveDwelling } from '../../src/commands/move-dwelling';
import { recordDwelling } from '../../src/commands/record-dwelling';
import { eventsOf } from '../../resolvers/housing/tenancy/dwelling-events';
import { AreaKind } from '../../schema/area-kind';
import { Programme } from '../../schema/programme';
import { DwellingRaising, DwellingState } from '../../schema/tenancy/dwelling';
import { DwellingStepKind } from '../../schema/tenancy/dwelling-step';
import { unitCode } from '../access/support/tenancy';
import { HONGSHAN, ONGNIUD, openOffice, type Office } from '../commands/support/office';
import { desk, handedOver, inBatch, MANAGER, publishTemplates } from '../tenancy/tenancy-of';

let office: Office;
beforeAll(async () => void (office = await openOffice()));
afterAll(() => office.close());

describe('the history of a dwelling', () => {
  it('goes from its project over construction, raising, batch and allotment to its contract, in order, and tells nothing of who lives there [IM-5.4]', async () => {
    const { county } = desk(office, ONGNIUD);
    const { id: dwellingId } = await recordDwelling(county('2023-01-10'), {
      ...{ region: ONGNIUD, unitCode: unitCode(ONGNIUD), project: '安居二期', address: '2号楼101', unitType: '两居' },
      ...{
        programme: Programme.LOW_RENT,
        areaCm2: 500_000,
        areaKind: AreaKind.GROSS,
        owner: '产权单位',
        manager: MANAGER,
      },
      ...{ state: DwellingState.PLANNED, raising: DwellingRaising.NEW_BUILD },
    });
    const days = ['2023-02-01', '2023-11-01', '2023-12-01', '2024-01-05'];
    const { START, COMPLETION, ACCEPTANCE, RELEASE } = DwellingStepKind;
    for (const [version, step] of [START, COMPLETION, ACCEPTANCE, RELEASE].entries())
      await moveDwelling(county(days[version]!), { dwellingId, version, step });
    await publishTemplates(office, ONGNIUD);
    const home = { ...(await inBatch(office, ONGNIUD)), dwelling: dwellingId };
    await handedOver(office, home, '2024-03-01');
    const events = await eventsOf(office.as({ office: ONGNIUD, regions: [ONGNIUD] }), dwellingId);
    const kinds = events.map(({ kind }) => kind as string);
    expect(kinds.filter((kind, index) => kinds.indexOf(kind) === index)).toEqual([
      ...['PROJECT', 'CONSTRUCTION', 'RAISING', 'BATCH', 'ALLOTMENT', 'CONTRACT', 'OCCUPANCY'],
    ]);
    const told = events.map(({ kind, step, onDay }) => `${kind} ${step} ${onDay}`);
    expect(told.slice(0, 5)).toEqual([
      ...['PROJECT RECORDED 2023-01-10', 'CONSTRUCTION START 2023-02-01', 'CONSTRUCTION COMPLETION 2023-11-01'],
      ...['CONSTRUCTION ACCEPTANCE 2023-12-01', 'RAISING NEW_BUILD 2024-01-05'],
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        'ALLOTMENT OFFER 2024-03-01',
        'CONTRACT SIGNING 2024-03-01',
        'CONTRACT FILING 2024-03-01',
      ]),
    );
    const dates = events.map(({ onDay }) => onDay);
    expect(dates).toEqual([...dates].sort());
    expect(JSON.stringify(events)).not.toContain(home.household);
    expect(await eventsOf(office.as({ office: HONGSHAN, regions: [HONGSHAN] }), dwellingId)).toEqual([]);
  });
});
