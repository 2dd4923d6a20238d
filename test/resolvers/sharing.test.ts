import { randomUUID } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { FAULTS } from '../../src/errors';
import { TIANE, TODAY, openOffice, type Home, type Office } from '../commands/support/office';
import { ask, codesOf, ownSubgraph } from './support/ask';

let office: Office;
let housing: GraphQLSchema;
let sharing: GraphQLSchema;
let home: Home;
beforeAll(async () => {
  office = await openOffice();
  [housing, sharing] = [ownSubgraph('housing'), ownSubgraph('sharing')];
});
beforeEach(async () => void (home = await office.home()));
afterAll(() => office.close());

const OPEN = `mutation ($input: OpenCaseInput!) { openCase(input: $input) { id kind programme submittedOn applicant { id } declaredIncomeFen } }`;
const REGISTER = `mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id caseId sources validUntil endedOn purpose { code title basis }
  household { id } members { signature person { id } signedBy { id } } } }`;

async function open() {
  const [applicant, child] = home.people.map(({ id }) => id) as [string, string];
  const application = { householdId: home.id, kind: 'APPLICATION', programme: 'LOW_RENT', applicantId: applicant };
  const opened = await ask(housing, office.as(), OPEN, { input: { ...application, declaredIncomeFen: 5_000_000_000 } });
  const members = [
    { personId: applicant, signature: 'SELF' },
    { personId: child, signature: 'GUARDIAN', signedBy: applicant },
  ];
  const terms = {
    purpose: 'ADMISSION_REVIEW',
    sources: ['civil-affairs'],
    noticeVersion: '1',
    signedOn: TODAY,
    validUntil: '2027-01-01',
  };
  const { id: caseId } = (opened.data as { openCase: { id: string } }).openCase;
  return { opened, caseId, input: { caseId, members, ...terms } };
}

async function register() {
  const { input, ...rest } = await open();
  const answer = await ask(sharing, office.as(), REGISTER, { input });
  return { ...rest, answer, letter: (answer.data as { registerLetter: { id: string } }).registerLetter };
}

describe('letters through the graph', () => {
  it('go from case to letter to token, and end with the case', async () => {
    const { opened, caseId, answer, letter } = await register();
    expect(opened.data).toMatchObject({
      openCase: { submittedOn: TODAY, applicant: { id: home.people[0]!.id }, declaredIncomeFen: null },
    });
    expect(answer.data).toMatchObject({
      registerLetter: {
        caseId,
        sources: ['civil-affairs'],
        endedOn: null,
        purpose: { title: '准入审核' },
        household: { id: home.id },
      },
    });
    const mint = 'mutation ($c: ID!, $l: ID!) { mintPurposeToken(caseId: $c, letterId: $l) }';
    const minted = await ask(sharing, office.as(), mint, { c: caseId, l: letter!.id });
    expect(minted.data).toEqual({ mintPurposeToken: expect.stringMatching(/^[\w-]+\.[\w-]+$/) });
    await ask(housing, office.as(), 'mutation ($c: ID!) { closeCase(caseId: $c) { closedOn } }', { c: caseId });
    const { data } = await ask(sharing, office.as(), 'query ($id: ID!) { letter(id: $id) { endedOn endReason } }', {
      id: letter!.id,
    });
    expect(data).toEqual({ letter: { endedOn: TODAY, endReason: 'CASE_CLOSED' } });
    expect(codesOf(await ask(sharing, office.as(), mint, { c: caseId, l: letter!.id }))).toEqual(['PURPOSE_DEAD']);
  });

  it('hang in the file of their household, and in no file of another region', async () => {
    const { letter } = await register();
    const query =
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Household { id letters { id members { person { id } } } } } }';
    const of = [{ __typename: 'Household', id: home.id }];
    const here = await ask(sharing, office.as(), query, { of });
    expect(here.data).toMatchObject({ _entities: [{ letters: [{ id: letter!.id, members: [{}, {}] }] }] });
    const there = await ask(sharing, office.as({ office: TIANE }), query, { of });
    expect(there.data).toMatchObject({ _entities: [{ letters: [] }] });
  });

  it('write down who was seen to have signed', async () => {
    const { letter } = await register();
    const ctx = office.as();
    await ask(sharing, ctx, 'query ($id: ID!) { letter(id: $id) { members { signature } } }', { id: letter!.id });
    const looks = await office.rows('select person_id, source, fields from read_entry where request_id = $1', [
      ctx.requestId,
    ]);
    expect(looks).toHaveLength(2);
    expect(looks).toContainEqual({ person_id: home.people[1]!.id, source: 'sharing', fields: ['signature'] });
  });

  it('outside the caller’s regions look like letters that are not there', async () => {
    const { letter } = await register();
    const answers = await Promise.all(
      [letter!.id, randomUUID(), 'x'].map((id) =>
        ask(sharing, office.as({ office: TIANE }), 'query ($id: ID!) { letter(id: $id) { id } }', { id }),
      ),
    );
    expect(answers.map(codesOf)).toEqual([['NOT_FOUND'], ['NOT_FOUND'], ['NOT_FOUND']]);
  });
});

describe('the verbs', () => {
  it('are closed to roles that may not act', async () => {
    const denied = async (role: 'AUDITOR' | 'PARTNER_SYSTEM' | 'DASHBOARD') => {
      const letter = {
        caseId: home.id,
        purpose: 'X',
        sources: [],
        noticeVersion: '',
        signedOn: TODAY,
        validUntil: TODAY,
        members: [],
      };
      return codesOf(await ask(sharing, office.as({ role }), REGISTER, { input: letter }));
    };
    expect(await Promise.all((['AUDITOR', 'PARTNER_SYSTEM', 'DASHBOARD'] as const).map(denied))).toEqual([
      ['FORBIDDEN'],
      ['FORBIDDEN'],
      ['FORBIDDEN'],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a NUL', '\u0000'],
    ['astral characters', '🀄'.repeat(3000)],
    ['SQL', `'; drop table letter --`],
    ['a path', '../../etc/passwd'],
    ['a BOM', '\ufeff'],
    ['no number', 'NaN'],
    ['half a character', '\ud842'],
  ])('answer %s in any place by the catalogue', async (_what, text) => {
    const { input } = await open();
    const member = { personId: text, signature: 'SELF', signedBy: text };
    const wrong = [{ purpose: text }, { sources: [text] }, { caseId: text }, { members: [member] }];
    const letters = wrong.map((one) => ask(sharing, office.as(), REGISTER, { input: { ...input, ...one } }));
    const application = { householdId: text, kind: 'APPLICATION', programme: 'LOW_RENT', applicantId: text };
    const answers = await Promise.all([
      ...letters,
      ask(housing, office.as(), OPEN, { input: application }),
      ask(housing, office.as(), 'mutation ($t: String!) { importHouseholds(region: $t, csv: $t) { created } }', {
        t: text,
      }),
      ask(housing, office.as(), 'mutation ($t: String!) { importHouseholds(region: "150402", csv: $t) { created } }', {
        t: text,
      }),
      ask(sharing, office.as(), 'query ($t: String!) { parameters(region: $t) { id } }', { t: text }),
      ask(sharing, office.as(), 'query ($t: String!) { parameters(region: "15", code: $t) { id } }', { t: `/${text}` }),
      ask(sharing, office.as(), 'mutation ($t: ID!) { mintPurposeToken(caseId: $t, letterId: $t) }', { t: text }),
    ]);
    const codes = answers.map(codesOf);
    expect(codes).toHaveLength(10);
    for (const [code, ...others] of codes) expect([(code as string) in FAULTS, others]).toEqual([true, []]);
  });
});

describe('purposes and parameters', () => {
  it('show a region’s numbers with those above it, the widest first', async () => {
    const query =
      'query ($r: String!) { purposes { code sources } parameters(region: $r, code: "housing.per-head-area-cm2") { regionCode programme value unit mark } }';
    const { data } = await ask(sharing, office.as(), query, { r: '150402' });
    expect(data!.purposes).toContainEqual({
      code: 'ADMISSION_REVIEW',
      sources: ['property', 'vehicle', 'civil-affairs', 'provident-fund', 'police'],
    });
    const lowRent = (data!.parameters as { regionCode: string; programme: string | null }[]).filter(
      ({ programme }) => programme === 'LOW_RENT',
    );
    expect(lowRent).toEqual([
      { regionCode: '15', programme: 'LOW_RENT', value: 130_000, unit: 'cm2', mark: 'UNVERIFIED' },
      { regionCode: '150402', programme: 'LOW_RENT', value: 120_000, unit: 'cm2', mark: 'UNVERIFIED' },
    ]);
  });
});
