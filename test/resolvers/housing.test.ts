import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { GraphQLSchema } from 'graphql';
import { openCase } from '../../src/commands/open-case';
import { mintPurposeToken } from '../../src/commands/mint-purpose-token';
import { registerLetter } from '../../src/commands/register-letter';
import { ROLES } from '../../src/access/viewer';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { Signature } from '../../schema/sharing/letter-member';
import { openOffice, TIANE, TODAY, type Home, type Office } from '../commands/support/office';
import { ask, codesOf, ownSubgraph } from './support/ask';

let office: Office;
let housing: GraphQLSchema;
let home: Home;
beforeAll(async () => {
  office = await openOffice();
  housing = ownSubgraph('housing');
});
beforeEach(async () => void (home = await office.home()));
afterAll(() => office.close());

const FILE = `query ($id: ID!) { household(id: $id) { id regionCode region { name divisionKind } fileNumber registeredOn closedOn
  members { id relation since until declaredName person { id name birthDate idNumber } } cases { id } entitlements { id } } }`;
const looksOf = (requestId: string) =>
  office.rows<{ person_id: string; fields: string[] }>(
    'select person_id, fields from read_entry where request_id = $1',
    [requestId],
  );

async function purposeOver({ id: householdId, people }: Home) {
  const [applicant, child] = people.map(({ id }) => id) as [string, string];
  const application = {
    householdId,
    kind: CaseKind.APPLICATION,
    programme: Programme.LOW_RENT,
    applicantId: applicant,
  };
  const { id: caseId } = await openCase(office.as(), { ...application, declaredIncomeFen: 420_000 });
  const members = [
    { personId: applicant, signature: Signature.SELF },
    { personId: child, signature: Signature.GUARDIAN, signedBy: applicant },
  ];
  const terms = {
    purpose: 'ADMISSION_REVIEW',
    sources: ['property'],
    noticeVersion: '1',
    signedOn: TODAY,
    validUntil: TODAY,
  };
  const { id: letterId } = await registerLetter(office.as(), { caseId, members, ...terms });
  return mintPurposeToken(office.as(), { caseId, letterId });
}

describe.each([
  ['interpreted', false],
  ['compiled', true],
])('household, %s', (_how, jit) => {
  it('shows the file with its members and writes down whom it showed', async () => {
    const ctx = office.as();
    const { data, errors } = await ask(housing, ctx, FILE, { id: home.id }, jit);
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      household: {
        ...{
          id: home.id,
          regionCode: '150402',
          region: { name: '红山区', divisionKind: 'DISTRICT' },
          registeredOn: '2020-01-01',
        },
        members: [
          {
            relation: 'APPLICANT',
            declaredName: '王建国',
            person: { id: home.people[0]!.id, name: '王建国', birthDate: '1980-05-02' },
          },
          { relation: 'CHILD', since: '2020-01-01', until: null, person: { name: '王小雨' } },
        ],
      },
    });
    const looks = await looksOf(ctx.requestId);
    const fields = ['birthDate', 'declaredName', 'idNumber', 'name'];
    expect(looks).toHaveLength(2);
    for (const { id } of home.people) expect(looks).toContainEqual({ person_id: id, fields });
  });

  it('logs what was selected through aliases, fragments and directives, and nothing that was not', async () => {
    const ctx = office.as();
    const query = `query ($id: ID!, $no: Boolean!) { household(id: $id) { members { ...M person { ... on Person { alias: name } birthDate @skip(if: true) idNumber @include(if: $no) } } } }
      fragment M on HouseholdMember { relation }`;
    await ask(housing, ctx, query, { id: home.id, no: false }, jit);
    expect((await looksOf(ctx.requestId)).map(({ fields }) => fields.join()).sort()).toEqual(['name', 'name']);
  });

  it('shows each of two selections on a person its own fields, and logs no more', async () => {
    const ctx = office.as();
    const query = `query ($id: ID!) { household(id: $id) { members { declaredName who: person { name } born: person { birthDate } none: person { id } } } }`;
    const { data } = await ask(housing, ctx, query, { id: home.id }, jit);
    const of = (who: string, birthDate: string, id: string) => ({
      ...{ declaredName: who, who: { name: who }, born: { birthDate }, none: { id } },
    });
    expect(data).toEqual({
      household: {
        members: [
          of('王建国', '1980-05-02', home.people[0]!.id),
          of('王小雨', expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, home.people[1]!.id),
        ],
      },
    });
    expect((await looksOf(ctx.requestId)).map(({ fields }) => fields.join()).sort()).toEqual(
      ['birthDate', 'declaredName', 'name'].flatMap((field) => [field, field]),
    );
  });

  it('reads no person where only their ids are wanted', async () => {
    const ctx = office.as();
    const { data } = await ask(
      housing,
      ctx,
      'query ($id: ID!) { household(id: $id) { members { person { id } } } }',
      { id: home.id },
      jit,
    );
    expect(data).toEqual({ household: { members: home.people.map(({ id }) => ({ person: { id } })) } });
    expect((await looksOf(ctx.requestId)).map(({ fields }) => fields)).toEqual([[], []]);
  });
});

describe('masks', () => {
  const numbers = async (ctx = office.as()) => {
    const { data } = await ask(housing, ctx, FILE, { id: home.id });
    return (data as { household: { members: { person: { idNumber: string } }[] } }).household.members.map(
      ({ person }) => person.idNumber,
    );
  };

  it('hides the citizen number from an officer without a purpose and opens it under one, a small child’s never', async () => {
    const [parent, child] = home.people;
    expect(await numbers()).toEqual([parent, child].map(() => expect.stringMatching(/^150402\*{11}[\dX]$/)));
    const token = await purposeOver(home);
    expect(await numbers(await office.under(token))).toEqual([
      parent!.idNumber,
      expect.stringMatching(/^150402\*{11}/),
    ]);
  });

  it('opens no number of another household by the same purpose', async () => {
    const ctx = await office.under(await purposeOver(home));
    home = await office.home();
    expect(await numbers(ctx)).toEqual([expect.stringContaining('*'), expect.stringContaining('*')]);
  });

  it('shows the declared income under a purpose only', async () => {
    const query = 'query ($id: ID!) { household(id: $id) { cases { declaredIncomeFen applicant { name } } } }';
    const token = await purposeOver(home);
    const income = async (ctx = office.as()) => (await ask(housing, ctx, query, { id: home.id })).data;
    expect(await income()).toMatchObject({
      household: { cases: [{ declaredIncomeFen: null, applicant: { name: '王建国' } }] },
    });
    expect(await income(await office.under(token))).toMatchObject({
      household: { cases: [{ declaredIncomeFen: 420_000 }] },
    });
  });
});

describe('scope', () => {
  it.each(['household', 'person'])(
    'answers a %s of another region exactly like one that does not exist',
    async (type) => {
      const far = await office.home(TIANE);
      const query = `query ($id: ID!) { ${type}(id: $id) { id } }`;
      const ids = [
        type === 'household' ? far.id : far.people[0]!.id,
        randomUUID(),
        'x',
        '"; drop table person --',
        '',
        '\u0000',
      ];
      const answers = await Promise.all(ids.map((id) => ask(housing, office.as(), query, { id })));
      for (const answer of answers) expect(JSON.stringify(answer)).toBe(JSON.stringify(answers[0]));
      expect(codesOf(answers[0]!)).toEqual(['NOT_FOUND']);
    },
  );

  it('answers references out of scope with null, in their places, each type by one statement', async () => {
    const far = await office.home(TIANE);
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { __typename ... on Person { id name } ... on Household { id fileNumber } } }';
    const of = [
      ...home.people.map(({ id }) => ({ __typename: 'Person', id })),
      { __typename: 'Person', id: far.people[0]!.id },
      { __typename: 'Household', id: home.id },
      { __typename: 'Household', id: far.id },
      { __typename: 'Person', id: 'nobody' },
    ];
    const asked = jest.spyOn(Client.prototype, 'query');
    const ctx = office.as();
    const { data } = await ask(housing, ctx, query, { of });
    const statements = asked.mock.calls.filter(([query]) => typeof query === 'object');
    asked.mockRestore();
    expect(data!._entities).toMatchObject([{ name: '王建国' }, { name: '王小雨' }, null, { id: home.id }, null, null]);
    expect(statements).toHaveLength(2);
    expect(await looksOf(ctx.requestId)).toHaveLength(2);
  });

  it('lets the listed roles in and nobody else', async () => {
    const query =
      'query ($id: ID!) { household(id: $id) { id } households(region: "150402", first: 1) { pageInfo { hasNextPage } } }';
    const denied = async (role: (typeof ROLES)[number]) =>
      codesOf(await ask(housing, office.as({ role }), query, { id: home.id })).length;
    const counts = await Promise.all(ROLES.map(async (role) => [role, await denied(role)]));
    expect(Object.fromEntries(counts)).toEqual({
      ...{
        COMMUNITY_WORKER: 0,
        STREET_OFFICER: 0,
        COUNTY_HOUSING: 0,
        CITY_HOUSING: 0,
        REGION_HOUSING: 0,
        CIVIL_AFFAIRS: 0,
      },
      ...{ AUDITOR: 0, DISCIPLINE: 0, PARTNER_SYSTEM: 1 },
      ...{ POLICE: 2, FINANCE: 2, OPERATING_UNIT: 2, DASHBOARD: 2, APPLICANT_SELF: 2 },
    });
  });
});
