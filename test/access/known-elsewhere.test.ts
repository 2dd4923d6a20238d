import { publishRegisteredObjects } from '../../src/commands/publish-registered-objects';
import { systemViewer } from '../../src/context';
import { addHousehold, idNumberOf } from '../server/support/people';
import { openStage, type Asked, type Stage } from '../server/support/stage';

const [HERE, THERE, BIRTH] = ['150402', '450102', '1986-05-12'];
const CLERK = { role: 'COUNTY_HOUSING', region: HERE };
let stage: Stage;
/** Two numbers of one form and one birthday: one is on file in another province, the other nowhere. */
let numbers: { known: string; unknown: string };
let known: { id: string; name: string };
beforeAll(async () => {
  stage = await openStage();
  const { members } = await addHousehold(stage.base, stage.hub.seal, THERE);
  known = members[0]!;
  numbers = { known: members[0]!.idNumber, unknown: idNumberOf(THERE, BIRTH, 998) };
});
afterAll(() => stage.close());

const IMPORT = `mutation ($csv: String!) { importHouseholds(region: "${HERE}", csv: $csv) {
  created unchanged refused problems { row code field message remedy } } }`;
const LOOK = `{ households(region: "${HERE}", first: 20) { nodes { id fileNumber members { declaredName relation
  person { id name birthDate idNumber partnerKey } } } } }`;
const OPEN = `mutation ($household: ID!, $person: ID!) { openCase(input: { householdId: $household, kind: APPLICATION,
  programme: LOW_RENT, applicantId: $person }) { kind applicant { name birthDate } } }`;

/** An answer without the ids in it, which are drawn by lot. */
const told = ({ status, text }: Asked) => [
  status,
  text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>').replaceAll(/"fileNumber":"[^"]*"/g, ''),
];
let files = 0;
const write = (name: string, idNumber: string): Promise<Asked> => {
  const csv = `fileNumber,registeredOn,relation,name,idNumber,since\nF-${(files += 1)},2024-05-06,申请人,${name},${idNumber},`;
  return stage.ask(IMPORT, { claims: CLERK, variables: { csv } });
};

interface Node {
  readonly id: string;
  readonly members: readonly {
    readonly person: { readonly id: string; readonly name: string; readonly idNumber: string };
  }[];
}
async function householdWith(idNumber: string): Promise<Node> {
  const { data } = await stage.ask(LOOK, { claims: CLERK });
  const ends = new RegExp(`^${idNumber.slice(0, 6)}\\*+${idNumber[17]}$`);
  const { nodes } = data!['households'] as { nodes: Node[] };
  return nodes.find(({ members }) => ends.test(members[0]!.person.idNumber))!;
}
const both = async <Value>(of: (idNumber: string) => Promise<Value>): Promise<[Value, Value]> => [
  await of(numbers.known),
  await of(numbers.unknown),
];

describe('a number written down with a made-up name', () => {
  it('is taken in alike, whether another province knows it or nobody does', async () => {
    expect(numbers.known[17]).not.toBe(numbers.unknown[17]);
    const [one, other] = await both((number) => write('某某', number));
    expect(told(one)).toEqual(told(other));
    expect(one.text).toContain('"created":1');
  });

  it('shows the name that was written, not the one that is registered elsewhere', async () => {
    const [one, other] = await both(householdWith);
    for (const { members } of [one, other])
      expect(members).toEqual([
        expect.objectContaining({
          declaredName: '某某',
          person: expect.objectContaining({ name: '某某', birthDate: BIRTH }) as unknown,
        }),
      ]);
    expect(one.members[0]!.person.id).toBe(known.id);
    for (const { members } of [one, other]) {
      const asked = 'query ($id: ID!) { person(id: $id) { name birthDate } }';
      const { data } = await stage.ask(asked, { claims: CLERK, variables: { id: members[0]!.person.id } });
      expect(data).toEqual({ person: { name: '某某', birthDate: BIRTH } });
    }
  });

  it.each(['某某', '萨仁花', '另一个'])('is refused a second time alike: as %s', async (name) => {
    const [one, other] = await both((number) => write(name, number));
    expect(told(one)).toEqual(told(other));
    expect(one.text).toContain('"refused":1');
  });

  it('applies and is made public under the name that was written', async () => {
    const [one, other] = await both(async (number) => {
      const { id: household, members } = await householdWith(number);
      return stage.ask(OPEN, { claims: CLERK, variables: { household, person: members[0]!.person.id } });
    });
    expect(told(one)).toEqual(told(other));
    expect(one.data).toEqual({ openCase: { kind: 'APPLICATION', applicant: { name: '某某', birthDate: BIRTH } } });
    const viewer = systemViewer(HERE, stage.hub.regions.scopeOf(HERE), 'test');
    const ctx = { hub: stage.hub, viewer, purpose: null, requestId: 'test', loaders: new Map() };
    const published = await publishRegisteredObjects(ctx, { county: HERE });
    const { rows } = await stage.base.owner.query<{ applicant_name: string }>(
      'select applicant_name from published_registered_object where publication_id = $1',
      [published!.publicationId],
    );
    expect(rows.map(({ applicant_name }) => applicant_name)).toEqual(['某某', '某某']);
  });

  it('changes nothing where the person is registered', async () => {
    const { data } = await stage.ask('query ($id: ID!) { person(id: $id) { name } }', {
      claims: { ...CLERK, region: THERE },
      variables: { id: known.id },
    });
    expect(data).toEqual({ person: { name: known.name } });
  });
});
