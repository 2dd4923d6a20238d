import { addHousehold, type TestHousehold } from './support/people';
import { openStage, type Stage } from './support/stage';

let stage: Stage;
let household: TestHousehold;
beforeAll(async () => {
  stage = await openStage();
  household = await addHousehold(stage.base, stage.hub.seal, '150402');
});
afterAll(() => stage.close());

const HOUSEHOLD = 'query ($id: ID!) { household(id: $id) { id regionCode members { relation person { id name idNumber birthDate } } } }';

describe('the door of officers and partners', () => {
  it('answers one question about a household of the viewer’s region', async () => {
    const { status, data, errors } = await stage.ask(HOUSEHOLD, { variables: { id: household.id } });
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    expect(data).toMatchObject({ household: { id: household.id, regionCode: '150402', members: [{}, {}] } });
  });
});
