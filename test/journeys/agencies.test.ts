import type { Mode } from '../../src/exchange/sandbox/mode';
import type { ReportBody } from '../../schema/sharing/report-body';
import { checked } from '../support/checks';
import { forgetAnswers, honestFiles, officerOf, purposeOf, SOURCES, type File, type Source } from '../support/files';
import { openRunningHub, type RunningHub } from '../support/running-hub';

let running: RunningHub;
let file: File;
let purpose: string;
beforeAll(async () => {
  running = await openRunningHub();
  file = await fileWithAccount();
  purpose = await purposeOf(running, officerOf(file), file);
});
afterAll(() => running.close());

/** Somebody in it pays into the fund: every agency has something to say. */
async function fileWithAccount(): Promise<File> {
  const { rows } = await running.world.owner.query<{ id_number: string }>('select id_number from fund.account');
  const payers = new Set(rows.map(({ id_number: idNumber }) => idNumber));
  return (await honestFiles(running)).find(({ members }) => members.some(({ idNumber }) => payers.has(idNumber)))!;
}

const FIELDS = {
  property: 'property',
  vehicle: 'vehicle',
  'civil-affairs': 'civilAffairs',
  'provident-fund': 'providentFund',
  police: 'householdRegister',
} as const;
const ENVELOPE = 'status source sourceRecordId asOf coverage { regions from to } letterId reason dueAt retryAt';
const HOUSEHOLD = `query ($id: ID!) { household(id: $id) { fileNumber registeredOn region { name } cases { kind declaredIncomeFen } members {
  relation declaredName person { id name birthDate idNumber
    property { ${ENVELOPE} value { ownedAreaCm2 units { unitCode areaCm2 shareBp } } }
    vehicle { ${ENVELOPE} value { dearestVehicleFen unpricedVehicles vehicles { plate priceFen } } }
    civilAffairs { ${ENVELOPE} value { marriageStatus spouseIdNumber allowanceClass incomeClass perHeadMonthlyFen } }
    providentFund { ${ENVELOPE} value { accountStatus monthsPaid baseFen lastPaidMonth } }
    householdRegister { ${ENVELOPE} value { nameMatch hukouPlace hukouSince deceasedOn minorChildren } } } } } }`;

type Envelope = { status: string; reason: string | null; retryAt: string | null; asOf: string | null; value: unknown };
type Person = Record<(typeof FIELDS)[Source], Envelope | undefined>;
type Seen = { household: { members: { person: Person }[] } };

/** The household as the officer sees it, asked afresh. */
async function look(): Promise<Seen> {
  await forgetAnswers(running);
  const { status, data, errors } = await running.ask<Seen>(officerOf(file), HOUSEHOLD, {
    variables: { id: file.householdId },
    purpose,
  });
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  return data;
}

/** Takes an agency's fields out of an answer: what is left, and what they were. */
function without(source: Source, { household }: Seen): { rest: Seen; own: Envelope[] } {
  const field = FIELDS[source];
  const own = household.members.map(({ person }) => person[field]!);
  const members = household.members.map((member) => ({ ...member, person: { ...member.person, [field]: undefined } }));
  return { rest: { household: { ...household, members } }, own };
}

/** A report with answers named by source and person, so that two askings can be compared. */
async function report(): Promise<ReportBody> {
  await forgetAnswers(running);
  const { body } = await checked(running, officerOf(file), file.householdId);
  const names = new Map(
    body.sources.flatMap(({ source, members }) => members.map(({ answer, person }) => [answer, `${source}/${person}`])),
  );
  return JSON.parse(JSON.stringify(body), (_key, value: unknown) => names.get(value as string) ?? value) as ReportBody;
}

/** Modes in which an agency is asked and gives nothing to decide on. Nonsense to the fund's driver never ends: `drift` there. */
const BROKEN: Record<Source, Mode[]> = {
  property: ['down', 'garbage', 'lying', 'stale', 'drift'],
  vehicle: ['down', 'truncated', 'lying', 'stale', 'drift'],
  'civil-affairs': ['down', '500', 'lying', 'stale', 'drift'],
  'provident-fund': ['down', 'empty', 'lying', 'stale', 'drift'],
  police: ['down', '500', 'lying', 'stale', 'drift'],
};

/** What an agency's own fields say in a mode; lying, drifting and silent sources never become facts. */
const STATUS = (mode: Mode): string => (mode === 'stale' ? 'STALE' : 'UNAVAILABLE');

/** A source that lies about accounts, or writes them in another way, may still say of somebody that there is none. */
const stillSaysNothingIsThere = (before: Envelope, after: Envelope, mode: Mode): boolean =>
  ['lying', 'drift'].includes(mode) && before.status === 'NOT_FOUND' && after.status === 'NOT_FOUND';

/** Answers that may decide. */
const decided = ({ sources }: ReportBody): Set<string> =>
  new Set(
    sources.flatMap(({ members }) =>
      members.flatMap(({ answer, status }) => (['FOUND', 'NOT_FOUND'].includes(status) ? [answer!] : [])),
    ),
  );

const CLAUSES: Readonly<Record<string, string>> = { vehicle: ' [IM-5.6(c)]' };

describe.each(SOURCES.map((source) => [source, CLAUSES[source] ?? ''] as const))('%s broken%s', (source) => {
  let whole: Seen;
  let report0: ReportBody;
  beforeAll(async () => {
    whole = await look();
    report0 = await report();
  });
  afterEach(() => running.sandbox.control.set(source, { mode: 'ok' }));

  it.each(BROKEN[source])('(%s) changes its own fields of the household and no other byte', async (mode) => {
    await running.sandbox.control.set(source, { mode });
    const { rest, own } = without(source, await look());
    expect(rest).toEqual(without(source, whole).rest);
    const before = without(source, whole).own;
    for (const [at, envelope] of own.entries()) {
      if (stillSaysNothingIsThere(before[at]!, envelope, mode)) continue;
      expect(envelope.status).toBe(STATUS(mode));
      expect(Date.parse(envelope.retryAt!)).toBeGreaterThan(Date.now());
      if (mode !== 'stale')
        expect(envelope).toMatchObject({ value: null, asOf: null, reason: expect.stringMatching(/^[A-Z_]+$/) });
    }
    expect(own.map(({ status }) => status)).toContain(STATUS(mode));
  });

  it.each(BROKEN[source])(
    '(%s) changes its own findings of the report; each names it and when to ask again',
    async (mode) => {
      await running.sandbox.control.set(source, { mode });
      const broken = await report();
      const others = ({ sources }: ReportBody) => sources.filter((each) => each.source !== source);
      expect(others(broken)).toEqual(others(report0));
      const changed = broken.findings.filter(
        (finding, at) =>
          finding.outcome !== 'NOT_APPLICABLE' && JSON.stringify(finding) !== JSON.stringify(report0.findings[at]),
      );
      expect(changed.length).toBeGreaterThan(0);
      const outcomes = (of: ReportBody, not: string) => of.findings.map((each) => each.outcome === not);
      expect(outcomes(broken, 'NOT_APPLICABLE')).toEqual(outcomes(report0, 'NOT_APPLICABLE'));
      for (const { outcome, missing, evidence } of changed) {
        expect(outcome).toBe('INCONCLUSIVE');
        expect(evidence.filter((id) => !decided(broken).has(id))).toEqual([]);
        expect(missing.length).toBeGreaterThan(0);
        for (const lacking of missing) {
          expect(lacking).toMatchObject({ source, status: STATUS(mode), letter: null });
          expect(Date.parse(lacking.askAgainAt!)).toBeGreaterThan(Date.now());
        }
      }
      expect(broken.conclusion).toBe('PENDING_EVIDENCE');
    },
  );
});

describe('an agency that works again', () => {
  it('is asked again once its time has come, and the answer is whole', async () => {
    const whole = await look();
    await running.sandbox.control.set('vehicle', { mode: 'down' });
    await look();
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    running.sandbox.control.resetCounts();
    const ask = () => running.ask<Seen>(officerOf(file), HOUSEHOLD, { variables: { id: file.householdId }, purpose });
    expect(without('vehicle', (await ask()).data).own[0]!.status).toBe('UNAVAILABLE');
    expect(running.sandbox.control.state('vehicle').counts.calls).toBe(0);
    await running.base.owner.query(`update answer set retry_at = now() where status = 'UNAVAILABLE'`);
    expect((await ask()).data).toEqual(whole);
    expect(running.sandbox.control.state('vehicle').counts.calls).toBe(1);
  });
});

describe('all agencies down', () => {
  it('leave the file readable and every verdict that rests on them open', async () => {
    for (const source of SOURCES) await running.sandbox.control.set(source, { mode: 'down' });
    const { household } = await look();
    expect(household.members).toHaveLength(file.members.length);
    await forgetAnswers(running);
    const { body } = await checked(running, officerOf(file), file.householdId);
    for (const source of SOURCES) await running.sandbox.control.set(source, { mode: 'ok' });
    expect(body.conclusion).toBe('PENDING_EVIDENCE');
    expect(body.findings.filter(({ outcome }) => outcome === 'FAIL')).toEqual([]);
    expect(new Set(body.findings.flatMap(({ missing }) => missing.map((lacking) => lacking.source)))).toEqual(
      new Set(SOURCES),
    );
  });
});
