import { ageOn } from '../../../src/access/identity';
import { canaries } from '../../support/canaries';
import { checked } from '../../support/checks';
import { honestFiles, purposeOf, type File, type FileMember } from '../../support/files';
import { addPartner, askRegistered } from '../../support/partners';
import { openRunningHub, type RunningHub, type Who } from '../../support/running-hub';
import { UNCOUNTED } from '../../server/support/stage';
import { plantArchive } from './archive';
import { plantApplication } from './applications';
import { plantMatch } from './matches';
import { plantDwelling, plantTenancy, plantViolation } from './tenancy';
import { plantNotice } from './notices';
import { plantWaiting } from './waiting';
import { plantChange, plantDetection, plantExit, plantInspection, plantReview } from './reviews';
import type { Role } from '../../../src/access/viewer';

/** Of somebody about whom the hub and every agency hold a value in every field that is classified. */
export interface Planted {
  readonly running: RunningHub;
  /** The household asked about; its eldest is the one with a value in every field. */
  readonly file: File;
  /** A household whose letters and cases may be made and ended; it is nobody else's. */
  readonly spare: File;
  readonly eldest: FileMember;
  /** 'Type.field' → the value planted. */
  readonly truth: ReadonlyMap<string, unknown>;
  /** Every citizen number there is. */
  readonly numbers: ReadonlySet<string>;
  /** The same subject in every role: a purpose token that one officer got lies in the hands of all; the partner's is its own. */
  as(role: Role, region?: string): Who;
  /** Live token for the letter of `file` or of `spare`. */
  purposeIn(role: Role, of: 'file' | 'spare'): string;
  /** Arguments of the root fields. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same for the partner system: of cross-checks it sees its own. */
  readonly variablesOfPartner: Readonly<Record<string, unknown>>;
  /** The same of the spare household: nobody whom `purpose` covers. */
  readonly variablesOfStranger: Readonly<Record<string, unknown>>;
  isChild(person: string | undefined): boolean;
}

const ATTACKER = 'attacker';
const INCOME = 417_823_391;
const INCOME_OF_SPARE = 298_664_117;
const REASON = '试所述属实';
const DIFFERENCE = 287_119_433;

export async function plant(): Promise<Planted> {
  const running = await openRunningHub(80, { ...UNCOUNTED, LIMIT_DIRECTIVES: '1000' });
  const files = await honestFiles(running);
  /* Of the county flow, which the acts upon its application go. */
  const isCounty = (code: string) => running.hub.regions.find(code)?.divisionKind !== 'DISTRICT';
  const spareOf = (one: File) =>
    files.find(
      ({ region, caseId, members }) =>
        caseId !== one.caseId && members.length > 1 && isCounty(region) && region.startsWith(one.region.slice(0, 2)),
    );
  const file = files.find(spareOf)!;
  const numbers = await canaries(running);
  const eldest = file.members[0]!;
  const province = file.region.slice(0, 2);
  const spare = spareOf(file)!;
  const as = (role: Role, region = province): Who => ({ role, region, sub: ATTACKER, client_id: ATTACKER });
  const spouse = [...numbers].find((number) => file.members.every(({ idNumber }) => idNumber !== number))!;
  const truth = await enrich(running, file, spouse);
  await addPartner(running.base, ATTACKER);
  const registered: RunningHub = { ...running, ask: (...asking) => askRegistered(running, ...asking) };
  const tokensOf = async (hub: RunningHub, role: Role) => ({
    file: await purposeOf(hub, as(role), file),
    spare: await purposeOf(hub, as(role), spare),
  });
  const tokens = {
    officer: await tokensOf(running, 'COUNTY_HOUSING'),
    partner: await tokensOf(registered, 'PARTNER_SYSTEM'),
  };
  const { id: crossCheck } = await checked(running, as('COUNTY_HOUSING'), file.householdId);
  await makeOverdue(running, file);
  for (const each of [file, spare]) {
    await lackSomething(running, each);
    await disbelieve(running, each);
    await doubt(running, each);
  }
  const text = `${eldest.name}${REASON}`;
  await plantReview(running, file, { state: 'DECLARED', text, amountFen: DIFFERENCE, incomeFen: INCOME });
  await plantMatch(running, file, MATCHED(eldest.name));
  await plantExit(running, file);
  await plantDetection(running, file);
  const inspection = await plantInspection(running, file, `${text}一`, `${text}二`);
  await plantChange(running, file, CHANGE(eldest.name));
  const refused = { state: 'REJECTED', round: 1, publicity: 'CLEARED', objection: 'NOT_ESTABLISHED' };
  const [applied, appliedOfSpare] = [
    await plantApplication(running, file, {
      ...{ ...refused, texts: APPLIED(eldest.name), incomeFen: INCOME, entry: `${eldest.name}${REASON}八` },
      caseId: file.caseId,
    }),
    await plantApplication(running, spare, { ...refused, texts: APPLIED('某'), incomeFen: INCOME_OF_SPARE }),
  ];
  const waiting = { application: applied.application, state: 'ACTIVE', texts: WAITING(eldest.name) };
  const entry = await plantWaiting(running, file, waiting);
  const dwelling = await plantDwelling(running, file.region);
  const { allotment, contract } = await plantTenancy(running, file, {
    ...{ application: applied.application, entry, dwelling, texts: TENANCY(eldest.name), amountFen: RENT },
  });
  await plantViolation(running, file, inspection, `${text}三`);
  await plantWaiting(running, spare, { ...waiting, application: appliedOfSpare.application, texts: ['属实', '属实'] });
  await plantArchive(running, file.region, file.householdId, ARCHIVED(eldest.name), false);
  const some = { title: '某', place: '某', reason: '某', defects: '某' };
  await plantArchive(running, spare.region, spare.householdId, some, false);
  const notice = await plantNotice(running, file, NOTICE(eldest.name));
  await plantNotice(running, spare, '属实');
  await applicantIs(running, file);
  const asked = await askRegistered<{ requestCrossCheck: { id: string } }>(running, as('PARTNER_SYSTEM'), REQUEST, {
    variables: { household: file.householdId },
  });
  const variables = {
    ...{ household: file.householdId, person: eldest.id, letter: file.letterId, crossCheck, county: file.region },
    ...{ application: applied.application, entry, allotment, contract, dwelling, notice },
    before: running.hub.cursors.write(`households ${file.region}`, [file.region, justBefore(file.householdId)]),
  };
  const people = [...file.members, ...spare.members];
  return {
    ...{ running, file, spare, eldest, truth, numbers, as, variables },
    purposeIn: (role, of) => tokens[role === 'PARTNER_SYSTEM' ? 'partner' : 'officer'][of],
    variablesOfPartner: { ...variables, crossCheck: asked.data.requestCrossCheck.id },
    variablesOfStranger: { household: spare.householdId, person: spare.members[0]!.id, letter: spare.letterId },
    isChild: (person) => people.some(({ id, birthDate }) => id === person && ageOn(birthDate, '2026-11-22') < 14),
  };
}

const REQUEST = `mutation ($household: ID!) {
  requestCrossCheck(input: { clientKey: "of the partner", purpose: "ADMISSION_REVIEW", households: [$household] }) { id } }`;

/** The id that stands right before another. */
const justBefore = (id: string): string => {
  const before = (BigInt(`0x${id.replaceAll('-', '')}`) - 1n).toString(16).padStart(32, '0');
  return before.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const APPLIED = (name: string) =>
  [
    `${name}${REASON}五`,
    `${name}${REASON}六`,
    `${name}${REASON}七`,
    `${name}${REASON}八`,
    `${name}${REASON}九`,
  ] as const;

/** The same in both of its steps. */
const TENANCY = (name: string) => [`${name}${REASON}十二`, `${name}${REASON}十二`] as const;
const RENT = 417_209_533;

const WAITING = (name: string) => [`${name}${REASON}十`, `${name}${REASON}十一`] as const;

const ARCHIVED = (name: string) => ({
  ...{ title: `${name}${REASON}十二`, place: `${name}${REASON}十三`, reason: `${name}${REASON}十四` },
  defects: `${name}${REASON}十五`,
});
const NOTICE = (name: string) => `${name}${REASON}十六`;

const CHANGE = (name: string) => ({
  ...{ item: '蒙D7K3Q8', datedOn: '1929-08-13', reply: `${name}${REASON}三`, closingNote: `${name}${REASON}四` },
});

/** A task of the household about its eldest, due before all others, and a decision on its case. */
async function lackSomething({ base }: RunningHub, file: File): Promise<void> {
  const { householdId, caseId, region, members } = file;
  await base.owner.query(
    `insert into evidence_task (id, region_code, household_id, case_id, kind, about, persons, rules, due_on, due_provisional, opened_at,
       opened_in, opened_by)
     values (gen_random_uuid(), $1, $2, $3, 'SOURCE', 'planted', array[$4::uuid], '{}', '2026-10-02', false, '2026-10-01', $2, 'test')`,
    [region, householdId, caseId, members[0]!.id],
  );
  await standOn({ base }, file, 'planted');
  await base.owner.query(
    `insert into decision (id, region_code, household_id, case_id, verdict, reason, report_hash, report_in, decided_at, decided_by, role, office)
     values (gen_random_uuid(), $1, $2, $3, 'APPROVE', $4, 'planted', $3, '2026-10-02', 'somebody', 'COUNTY_HOUSING', $1)`,
    [region, householdId, caseId, `${members[0]!.name}${REASON}`],
  );
}

/** Evidence about the eldest that was brought by one and not believed by another. */
async function disbelieve({ base }: RunningHub, file: File): Promise<void> {
  const id = await broughtAbout({ base }, file, PAPER(file.members[0]!.name));
  await base.owner.query(
    `update paper_evidence set state = 'REJECTED', settled_at = '2026-10-03', settled_by = 'else', settled_role = 'x', settled_office = 'x',
       reason = $2 where id = $1`,
    [id, PAPER(file.members[0]!.name).reason],
  );
}
const PAPER = (name: string) => ({ documentNumber: '试证第九一七三号', note: `${name}试证`, reason: `${name}试不符` });

/** Evidence about the eldest of a file, brought by somebody. */
export async function broughtAbout(
  { base }: Pick<RunningHub, 'base'>,
  { householdId, caseId, region, members }: File,
  { documentNumber, note }: { documentNumber: string; note: string },
): Promise<string> {
  const { rows } = await base.owner.query<{ id: string }>(
    `insert into paper_evidence (id, region_code, household_id, case_id, rule, person_id, persons, document_kind, document_number, issued_by, note,
       valid_until, state, added_at, added_by, added_role, added_office)
     values (gen_random_uuid(), $1, $2, $3, 'RR-07', $4, array[$4::uuid], 'CERTIFICATE', $5, 'test', $6, '2099-12-31', 'PROPOSED', '2026-10-02', 'somebody',
       'STREET_OFFICER', $1) returning id`,
    [region, householdId, caseId, members[0]!.id, documentNumber, note],
  );
  return rows[0]!.id;
}

/** A record of the eldest's that was contested, and is no more. */
async function doubt({ base }: RunningHub, file: File): Promise<void> {
  const { name } = file.members[0]!;
  const id = await contestedAbout({ base }, file, CONTEST(name));
  await base.owner.query(
    `update fact_contest set ended_at = '2026-10-04', ended_by = 'else', end_reason = $2 where id = $1`,
    [id, CONTEST(name).endReason],
  );
}
const MATCHED = (name: string) => `${name}试同一人`;
const CONTEST = (name: string) => ({
  ...{ claimed: '试主张第八二六四号', reason: `${name}试异议`, endReason: `${name}试撤回` },
});

/** A contest about the eldest of a file, which somebody opened. */
export async function contestedAbout(
  { base }: Pick<RunningHub, 'base'>,
  { householdId, caseId, region, members }: File,
  { claimed, reason }: { claimed: string; reason: string },
): Promise<string> {
  const { rows } = await base.owner.query<{ id: string }>(
    `insert into fact_contest (id, region_code, household_id, case_id, rule, source, person_id, claimed, reason, filed_on, contested_at,
       contested_by, contested_role, contested_office)
     values (gen_random_uuid(), $1, $2, $3, 'RR-03', 'housing', $4, $5, $6, '2026-10-02', '2026-10-02', 'somebody', 'STREET_OFFICER', $1)
     returning id`,
    [region, householdId, caseId, members[0]!.id, claimed, reason],
  );
  return rows[0]!.id;
}

/** Of the evidence of officers about a file only what has ended is left. */
export const forgetPapers = async ({ base }: Pick<RunningHub, 'base'>, { caseId }: File): Promise<void> =>
  void (await base.owner.query(
    `with gone as (delete from fact_contest where case_id = $1 and ended_at is null)
     delete from paper_evidence where case_id = $1 and state in ('PROPOSED','CONFIRMED')`,
    [caseId],
  ));

/** Whoever the file names as applicant, an inspection speaks of the eldest. */
const applicantIs = ({ base }: Pick<RunningHub, 'base'>, { householdId, members }: File) =>
  base.owner.query(
    `update household_member set relation = case when person_id = $2 then 'APPLICANT' when relation = 'APPLICANT' then 'OTHER' else relation end
     where household_id = $1`,
    [householdId, members[0]!.id],
  );

/** No cross-check is under way that would put a report of its own in the place of a planted one. */
export async function calm({ base }: Pick<RunningHub, 'base'>): Promise<void> {
  const underWay = `select ((select count(*) from cross_check where state in ('REQUESTED','RUNNING'))
    + (select count(*) from graphile_worker.jobs where task_identifier = 'settle-again'))::int as n`;
  for (;;) if ((await base.owner.query<{ n: number }>(underWay)).rows[0]!.n === 0) return;
}

/** A report by this name on which the case of a file stands, and no decision on it. */
export const standOn = ({ base }: Pick<RunningHub, 'base'>, { householdId, caseId, region }: File, hash: string) =>
  base.owner.query(
    `insert into case_report values ($1, $2, $3, $1, $4, 'ELIGIBLE', now())
     on conflict (case_id) do update set hash = $4, cross_check_id = $1, conclusion = 'ELIGIBLE'`,
    [caseId, region, householdId, hash],
  );

/** Values that stand nowhere else, in the hub and at the agencies. */
async function enrich({ base, world }: RunningHub, file: File, spouse: string): Promise<Map<string, unknown>> {
  const { idNumber, name, birthDate, id } = file.members[0]!;
  const unit = `${file.region}001001GB00001F00010001`;
  const at = { agency: (text: string, values: unknown[]) => world.owner.query(text, [idNumber, ...values]) };
  for (const table of ['property.unit', 'vehicle.vehicle', 'fund.account'])
    await at.agency(`delete from ${table} where id_number = $1`, []);
  await at.agency(
    `insert into property.unit values ($1, $2, $3, $4, 41.27, 'GROSS', 'OWNERSHIP', 10000, '1921-03-17')`,
    [name, unit, file.region],
  );
  await at.agency(
    `insert into vehicle.vehicle values ($1, $2, '蒙D7K3Q9', '02', 'LVIN0000000000001', '五菱荣光试', '1922-07-19', 'NORMAL', 314159753)`,
    [name],
  );
  await at.agency(`insert into fund.account values ($1, $2, 'ACTIVE', 137, 51237409, 511, 1027409117, '1927-10')`, [
    name,
  ]);
  await at.agency(
    `update civil.person set marriage_status = 'MARRIED', spouse_id_number = $2, spouse_name = '乌兰试', deceased_on = '1923-01-13',
       allowance_class = 'SUBSISTENCE', allowance_valid_until = '2099-01-11', income_class = 'LOW_INCOME',
       per_head_monthly_fen = 50319277, determination_valid_until = '2099-01-12' where id_number = $1`,
    [spouse],
  );
  await at.agency(
    `update police.person set hukou_place = $2, hukou_kind = 'COLLECTIVE', hukou_since = '1924-02-07', deceased_on = '1925-01-14',
       cancelled_on = '1926-01-15', minor_children = 7 where id_number = $1`,
    [file.region],
  );
  await base.owner.query('update household_member set declared_name = $2 where person_id = $1', [id, `${name}试`]);
  await base.owner.query('update housing_case set declared_income_fen = $2, applicant_id = $3 where id = $1', [
    ...[file.caseId, INCOME, id],
  ]);
  const values: Record<string, Record<string, unknown>> = {
    Person: { name, birthDate, idNumber },
    HouseholdMember: { declaredName: `${name}试` },
    Case: { declaredIncomeFen: INCOME },
    Decision: { reason: `${name}${REASON}` },
    PaperEvidence: PAPER(name),
    FactContest: CONTEST(name),
    IdentityMatch: { reason: MATCHED(name) },
    ReviewStep: { note: `${name}${REASON}`, amountFen: DIFFERENCE },
    Inspection: { signalNote: `${name}${REASON}一`, resultNote: `${name}${REASON}二` },
    Change: CHANGE(name),
    ApplicationStep: { note: APPLIED(name)[0] },
    ApplicationDocument: { name: APPLIED(name)[3], withdrawalReason: APPLIED(name)[4] },
    WaitingStep: { note: WAITING(name)[0] },
    TenancyStep: { note: TENANCY(name)[0] },
    RentEntry: { amountFen: RENT },
    Arrears: { owedFen: RENT },
    Violation: { investigation: `${name}${REASON}三` },
    WaitingException: { reason: WAITING(name)[1] },
    ArchiveMaterial: { title: ARCHIVED(name).title, place: ARCHIVED(name).place, reason: ARCHIVED(name).reason },
    SpotCheckFile: { defects: ARCHIVED(name).defects },
    Notice: { body: NOTICE(name) },
    FilledField: { value: `${name}${REASON}八` },
    Objection: { statement: APPLIED(name)[1], answer: APPLIED(name)[2] },
    PropertyUnit: {
      ...{ unitCode: unit, countyCode: file.region, areaCm2: 412_700, areaKind: 'GROSS', rightKind: 'OWNERSHIP' },
      ...{ shareBp: 10_000, registeredOn: '1921-03-17' },
    },
    PropertyRecord: { ownedAreaCm2: 412_700 },
    SharedFact: { value: '412700' },
    Vehicle: {
      ...{ plate: '蒙D7K3Q9', plateKind: '02', brandModel: '五菱荣光试', firstRegisteredOn: '1922-07-19' },
      ...{ status: 'NORMAL', priceFen: 314_159_753 },
    },
    VehicleRecord: { dearestVehicleFen: 314_159_753, unpricedVehicles: 0 },
    ProvidentFundRecord: {
      ...{ accountStatus: 'ACTIVE', monthsPaid: 137, monthlyContributionFen: 51_237_409, ratioBp: 511 },
      ...{ baseFen: 1_027_409_117, lastPaidMonth: '1927-10' },
    },
    CivilAffairsRecord: {
      ...{ marriageStatus: 'MARRIED', spouseIdNumber: spouse, spouseName: '乌兰试', deceasedOn: '1923-01-13' },
      ...{ allowanceClass: 'SUBSISTENCE', allowanceValidUntil: '2099-01-11', incomeClass: 'LOW_INCOME' },
      ...{ perHeadMonthlyFen: 50_319_277, determinationValidUntil: '2099-01-12' },
    },
    HouseholdRegisterRecord: {
      ...{ nameMatch: 'EXACT', hukouPlace: file.region, hukouKind: 'COLLECTIVE', hukouSince: '1924-02-07' },
      ...{ deceasedOn: '1925-01-14', cancelledOn: '1926-01-15', minorChildren: 7 },
    },
  };
  return new Map(
    Object.entries(values).flatMap(([type, fields]) =>
      Object.entries(fields).map(([field, value]) => [`${type}.${field}`, value] as const),
    ),
  );
}

/** An answer about the household that should have come long ago. */
async function makeOverdue({ base }: RunningHub, { householdId, members }: File): Promise<void> {
  await base.owner.query(
    `with asked as (
       insert into deferred_query (query_id, source, ticket, asked_at, due_at, next_poll_at)
       values (gen_random_uuid(), 'civil-affairs', 'late', '2026-10-01', '2026-10-20', '2099-01-01') returning query_id
     )
     insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, max_age,
       query_id, asked_at, due_at)
     select gen_random_uuid(), '2026-10-02', region_code, household_id, person_id, case_id, letter_id, purpose, 'civil-affairs', 'PENDING',
       fields, max_age, asked.query_id, '2026-10-01', '2026-10-20'
     from asked, lateral (select * from answer where household_id = $1 and person_id = $2 limit 1) a`,
    [householdId, members[0]!.id],
  );
}
