import { ageOn } from '../../src/access/identity';
import { callsOf, honestFiles, officerOf, SOURCES, type File } from '../support/files';
import { openRunningHub, type Who, type RunningHub } from '../support/running-hub';

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub();
  files = await honestFiles(running);
});
afterAll(() => running.close());
beforeEach(() => running.sandbox.control.resetCounts());

const ONCE = { property: 1, vehicle: 1, 'civil-affairs': 1, 'provident-fund': 1, police: 1 };
const NEVER = { property: 0, vehicle: 0, 'civil-affairs': 0, 'provident-fund': 0, police: 0 };

const HOUSEHOLD = `query ($id: ID!) { household(id: $id) { fileNumber members { person { id name idNumber
  property { status source asOf letterId reason value { ownedAreaCm2 } }
  vehicle { status source asOf letterId reason value { dearestVehicleFen unpricedVehicles } }
  civilAffairs { status source asOf letterId reason value { marriageStatus allowanceClass } }
  providentFund { status source asOf letterId reason value { monthsPaid } }
  householdRegister { status source asOf letterId reason value { hukouPlace } } } } } }`;

const AGENCIES = {
  property: 'property',
  vehicle: 'vehicle',
  civilAffairs: 'civil-affairs',
  providentFund: 'provident-fund',
  householdRegister: 'police',
};
type Envelope = {
  status: string;
  source: string;
  asOf: string | null;
  letterId: string | null;
  reason: string | null;
  value: object | null;
};
type Seen = {
  household: { members: { person: Record<keyof typeof AGENCIES, Envelope> & { id: string; idNumber: string } }[] };
};

/** The verbs of an office, each over HTTP as the paper goes. */
const verbs = (who: Who) => ({
  async open({ householdId, members }: File, kind: string): Promise<string> {
    const input = { householdId, kind, programme: 'LOW_RENT', applicantId: members[0]!.id, declaredIncomeFen: 300_000 };
    const query = 'mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }';
    return (await running.ask<{ openCase: { id: string } }>(who, query, { variables: { input } })).data.openCase.id;
  },
  async sign({ members }: File, caseId: string, purpose = 'ADMISSION_REVIEW'): Promise<string> {
    const [guardian] = members;
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const signatures = members.map(({ id, birthDate }) =>
      ageOn(birthDate, today) >= 18
        ? { personId: id, signature: 'SELF' }
        : { personId: id, signature: 'GUARDIAN', signedBy: guardian!.id },
    );
    const terms = { noticeVersion: '2026-01', signedOn: today, validUntil: '2099-12-31', sources: SOURCES };
    const query = 'mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id } }';
    const variables = { input: { caseId, purpose, members: signatures, ...terms } };
    return (await running.ask<{ registerLetter: { id: string } }>(who, query, { variables })).data.registerLetter.id;
  },
  async mint(caseId: string, letterId: string): Promise<string> {
    const query = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
    return (await running.ask<{ mintPurposeToken: string }>(who, query, { variables: { caseId, letterId } })).data
      .mintPurposeToken;
  },
  look: ({ householdId: id }: File, purpose?: string) =>
    running.ask<Seen>(who, HOUSEHOLD, { variables: { id }, purpose }),
});

/** Opens a case with a letter and mints the token. */
async function live(file: File, kind: string) {
  const office = verbs(officerOf(file));
  const caseId = await office.open(file, kind);
  const letterId = await office.sign(file, caseId);
  return { ...office, caseId, letterId, purpose: await office.mint(caseId, letterId) };
}

describe('an officer', () => {
  it('opens a case, registers the letter and gets the answers of five agencies in one response, each with source, time and letter', async () => {
    const file = files[0]!;
    const { look, letterId, purpose } = await live(file, 'ANNUAL_REVIEW');
    const { status, data, errors } = await look(file, purpose);
    expect({ status, errors }).toEqual({ status: 200, errors: [] });
    const people = data.household.members.map(({ person }) => person);
    expect(people.map(({ id }) => id).sort()).toEqual(file.members.map(({ id }) => id).sort());
    for (const person of people) {
      for (const [field, source] of Object.entries(AGENCIES) as [keyof typeof AGENCIES, string][]) {
        expect(person[field]).toMatchObject({
          source,
          letterId,
          asOf: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
          reason: null,
        });
        expect(['FOUND', 'NOT_FOUND']).toContain(person[field].status);
        expect(person[field].value === null).toBe(person[field].status === 'NOT_FOUND');
      }
    }
    expect(people.some(({ civilAffairs }) => civilAffairs.status === 'FOUND')).toBe(true);
  });

  it('causes exactly one call per agency for the whole household, and none when asking again for the same purpose', async () => {
    const file = files[1]!;
    const { look, purpose } = await live(file, 'ANNUAL_REVIEW');
    const first = await look(file, purpose);
    expect(callsOf(running)).toEqual(ONCE);
    for (const source of SOURCES) expect(running.sandbox.control.state(source).counts.people).toBe(file.members.length);
    expect((await look(file, purpose)).data).toEqual(first.data);
    expect(callsOf(running)).toEqual(ONCE);
  });

  it('is never given answers of one purpose or case for another: the agencies are asked again', async () => {
    const file = files[1]!;
    const { mint, sign, look, caseId } = await live(file, 'RE_CHECK');
    await look(file, await mint(caseId, await sign(file, caseId, 'ANNUAL_REVIEW')));
    expect(callsOf(running)).toEqual(ONCE);
    await look(file, await mint(caseId, await sign(file, caseId)));
    expect(callsOf(running)).toEqual({ property: 2, vehicle: 2, 'civil-affairs': 2, 'provident-fund': 2, police: 2 });
  });

  it('without a purpose gets the file, but no answer, and no call leaves', async () => {
    const { data } = await verbs(officerOf(files[2]!)).look(files[2]!);
    for (const { person } of data.household.members)
      for (const field of Object.keys(AGENCIES) as (keyof typeof AGENCIES)[])
        expect(person[field]).toMatchObject({ status: 'REFUSED', reason: 'PURPOSE_REQUIRED', value: null });
    expect(callsOf(running)).toEqual(NEVER);
  });

  it.each([
    ['the case is closed', 'mutation ($caseId: ID!) { closeCase(caseId: $caseId) { closedOn } }'],
    [
      'the letter is withdrawn',
      'mutation ($letterId: ID!) { endLetter(letterId: $letterId, reason: WITHDRAWN) { endedOn } }',
    ],
  ])('is refused from the moment %s, though answers are stored, and no call leaves', async (_when, query) => {
    const file = files[3]!;
    const { look, purpose, mint, caseId, letterId } = await live(file, 'RE_CHECK');
    expect((await look(file, purpose)).status).toBe(200);
    running.sandbox.control.resetCounts();
    const variables = query.includes('$caseId') ? { caseId } : { letterId };
    const { errors } = await running.ask(officerOf(file), query, { variables });
    expect(errors).toEqual([]);
    const after = await look(file, purpose);
    expect([after.status, after.errors[0]!.extensions.code]).toEqual([403, 'PURPOSE_DEAD']);
    expect(await mint(caseId, letterId)).toBeNull();
    expect(callsOf(running)).toEqual(NEVER);
    if (query.includes('$letterId'))
      await running.ask(officerOf(file), 'mutation ($caseId: ID!) { closeCase(caseId: $caseId) { closedOn } }', {
        variables: { caseId },
      });
  });

  it('cannot use the token of a colleague, nor a forged one', async () => {
    const file = files[4]!;
    const { purpose } = await live(file, 'ANNUAL_REVIEW');
    const colleague = verbs({ ...officerOf(file), sub: 'colleague' });
    const forged = purpose.slice(0, -2) + (purpose.endsWith('AA') ? 'BB' : 'AA');
    for (const answer of [await colleague.look(file, purpose), await verbs(officerOf(file)).look(file, forged)])
      expect([answer.status, answer.errors[0]!.extensions.code]).toEqual([403, 'PURPOSE_DEAD']);
    expect(callsOf(running)).toEqual(NEVER);
  });
});
