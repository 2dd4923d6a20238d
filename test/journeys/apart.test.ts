import { forgetAnswers, honestFiles, officerOf, purposeOf, SOURCES } from '../support/files';
import { openRunningHub } from '../support/running-hub';

/** The journeys once more, with the hub's subgraphs in two processes of their own behind the gateway. */
beforeAll(() => void (process.env.JOURNEYS = 'apart'));
afterAll(() => void delete process.env.JOURNEYS);

describe.each(['officer', 'cross-check', 'agencies', 'registered-documents', 'receipts'])(
  'with subgraphs in processes of their own: %s',
  (journey) => {
    jest.requireActual(`./${journey}.test`);
  },
);

const ANSWER = '{ status reason value { __typename } retryAt }';
const QUERY = `query ($id: ID!) { household(id: $id) { fileNumber members { person { name
  property ${ANSWER} vehicle ${ANSWER} civilAffairs ${ANSWER} providentFund ${ANSWER} householdRegister ${ANSWER} } } } }`;
type Envelope = { status: string; reason: string; value: unknown; retryAt: string };
type Seen = { household: { members: { person: Record<string, Envelope | string> }[] } };

describe('when the process of the agencies is killed', () => {
  it('their fields say so and when to ask again, and the housing records are as before', async () => {
    const running = await openRunningHub();
    const [file] = await honestFiles(running);
    const purpose = await purposeOf(running, officerOf(file!), file!);
    const look = async () => {
      const { data, errors } = await running.ask<Seen>(officerOf(file!), QUERY, {
        variables: { id: file!.householdId },
        purpose,
      });
      expect(errors).toEqual([]);
      return data.household.members.map(({ person: { name, ...answers } }) => ({ name, answers }));
    };
    const before = await look();
    await forgetAnswers(running);
    await running.apart!.kill('vehicle');
    const after = await look();
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name));
    for (const { answers } of after) {
      expect(Object.keys(answers)).toHaveLength(SOURCES.length);
      for (const answer of Object.values(answers)) {
        const silent = { status: 'UNAVAILABLE', reason: 'SUBGRAPH_SILENT', value: null, retryAt: expect.any(String) };
        expect(answer).toEqual(silent);
      }
    }
    await running.close();
  });
});
