import { randomUUID } from 'node:crypto';
import { ageOn } from '../../src/access/identity';
import { beijingDay } from '../../src/access/day';
import { executeReview } from '../../src/commands/execute-review';
import { detectIneligible } from '../../src/jobs/detect-ineligible';
import { openInspections } from '../../src/jobs/open-inspections';
import { openReviews } from '../../src/jobs/open-reviews';
import { paperDesk, second } from '../judgement/support/papers';
import { completed } from '../support/checks';
import { elsewhereOf, forgetAnswers, honestFiles, officerOf, SOURCES, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

const TODAY = beijingDay(new Date());
const YEAR = Number(TODAY.slice(0, 4));
const DAY_MS = 86_400_000;
const daysOff = (days: number): string => beijingDay(new Date(Date.now() + days * DAY_MS));

interface Review {
  readonly file: File;
  readonly id: string;
  readonly caseId: string | null;
  readonly state: string;
  readonly exemptAs: string | null;
  readonly outcome: string | null;
  readonly reportHash: string | null;
  readonly household: { readonly id: string };
  readonly steps: readonly {
    readonly kind: string;
    readonly takenBy: string;
    readonly basis: string | null;
    readonly note: string | null;
    readonly objectionsUntil: string | null;
    readonly effectiveOn: string | null;
  }[];
  readonly factors: readonly { readonly factor: string; readonly outcome: string; readonly changed: boolean }[] | null;
}
interface Summary {
  readonly secured: number;
  readonly reviewed: number;
  readonly pending: number;
  readonly exempt: number;
  readonly notOpened: number;
  readonly overdue: number;
}
const REVIEW = `id caseId state exemptAs outcome reportHash household { id } steps { kind takenBy basis note objectionsUntil effectiveOn } factors { factor outcome changed }`;

/** 地级市 of a file's county. */
const cityOf = ({ region }: File): string => running.hub.regions.find(region)!.parentCode!;

let running: RunningHub;
let files: File[];
beforeAll(async () => {
  running = await openRunningHub(1000);
  const honest = await honestFiles(running);
  const cities = [...new Set(honest.map(cityOf))];
  const inCity = cities.map((city) => honest.filter((file) => cityOf(file) === city));
  files = inCity.sort((one, other) => other.length - one.length)[0]!;
  expect(files.length).toBeGreaterThan(14);
  /* Nobody has come by a home or a car since then, or misused a dwelling, but who does below. */
  await running.world.owner.query(`update property.unit set registered_on = '2010-01-01'`);
  await running.world.owner.query(`update vehicle.vehicle set first_registered_on = '2010-01-01'`);
  await running.base.owner.query('truncate entitlement, inspection cascade');
  for (const file of files) await secure(file.householdId, file.region, `${YEAR - 2}-03-01`);
});
afterAll(() => running.close());

const secure = async (household: string, region: string, since: string) =>
  void (await running.base.owner.query(
    `insert into entitlement (id, region_code, household_id, programme, since) values ($1, $2, $3, 'LOW_RENT', $4)`,
    [randomUUID(), region, household, since],
  ));

/** The city opens the campaign; each household is its county's. */

/** Its eldest is a member of another secured household, in another province. */
async function secureElsewhere({ members, region }: File): Promise<void> {
  const [id, far] = [randomUUID(), elsewhereOf({ region })];
  const { owner } = running.base;
  await owner.query(`insert into household values ($1, $2, $3, '2020-01-01')`, [id, far, id]);
  await owner.query(
    `insert into household_member (id, region_code, household_id, person_id, relation, declared_name, from_date)
     values ($1, $2, $3, $4, 'APPLICANT', $5, '2020-01-01')`,
    [randomUUID(), far, id, members[0]!.id, members[0]!.name],
  );
  await secure(id, far, `${YEAR - 1}-01-01`);
}

const office = (): Who => ({ role: 'CITY_HOUSING', region: cityOf(files[0]!), sub: 'city' });
const refusalOf = ({ errors }: Asked<unknown>) => errors.map(({ extensions: { code, field } }) => `${code} ${field}`);
const mutate = <Data = Record<string, Review>>(verb: string, type: string, input: object, who: Who) =>
  running.ask<Data>(who, `mutation ($input: ${type}!) { ${verb}(input: $input) { id state } }`, {
    variables: { input },
  });
const campaignInput = () => ({ region: cityOf(files[0]!), year: YEAR });
const reviewsOf = async (file: File): Promise<Review[]> => {
  const text = `query ($id: ID!) { household(id: $id) { annualReviews { ${REVIEW} } } }`;
  const { data, errors } = await running.ask<{ household: { annualReviews: Review[] } }>(officerOf(file), text, {
    variables: { id: file.householdId },
  });
  expect(errors).toEqual([]);
  return data.household.annualReviews.map((review) => ({ ...review, file }));
};
const reviewOf = async (file: File): Promise<Review> => (await reviewsOf(file))[0]!;
const summary = async (): Promise<Summary> => {
  const text = `query ($region: String!, $year: Int!) { reviewCampaign(region: $region, year: $year) { complete summary { secured reviewed pending exempt notOpened overdue } } }`;
  const { data } = await running.ask<{ reviewCampaign: { summary: Summary } }>(office(), text, {
    variables: campaignInput(),
  });
  return data.reviewCampaign.summary;
};
/** By hand: nothing of the hub's own counting. */
const securedByHand = async (): Promise<string[]> => {
  const { rows } = await running.base.owner.query<{ id: string }>(
    `select distinct household_id as id from entitlement e join region on region.code = e.region_code where parent_code = $1 and since <= $2 and (until is null or until >= $3)`,
    [cityOf(files[0]!), TODAY, `${YEAR}-01-01`],
  );
  return rows.map(({ id }) => id).sort();
};
const addsUp = async (): Promise<Summary> => {
  const counted = await summary();
  expect(counted.reviewed + counted.pending + counted.exempt).toBe(counted.secured);
  expect(counted.secured).toBe((await securedByHand()).length);
  return counted;
};

async function openCampaign(): Promise<void> {
  const text = 'mutation ($input: CampaignInput!) { openReviewCampaign(input: $input) { id year declareBy complete } }';
  const { errors } = await running.ask(office(), text, { variables: { input: campaignInput() } });
  expect(errors).toEqual([]);
  await openReviews.run({}, running.hub, new AbortController().signal); // or the worker's own run of it: whichever comes first
}

async function sign(file: File, caseId: string): Promise<void> {
  const [guardian] = file.members;
  const members = file.members.map(({ id, birthDate }) =>
    ageOn(birthDate, TODAY) >= 18
      ? { personId: id, signature: 'SELF' }
      : { personId: id, signature: 'GUARDIAN', signedBy: guardian!.id },
  );
  const terms = { noticeVersion: '2026-01', signedOn: TODAY, validUntil: '2099-12-31', sources: SOURCES };
  const { errors } = await running.ask(
    officerOf(file),
    'mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id } }',
    { variables: { input: { caseId, purpose: 'ANNUAL_REVIEW', members, ...terms } } },
  );
  expect(errors).toEqual([]);
}

async function check(): Promise<string[]> {
  const text = 'mutation ($input: CampaignInput!) { checkReviews(input: $input) }';
  const { data, errors } = await running.ask<{ checkReviews: string[] }>(office(), text, {
    variables: { input: campaignInput() },
  });
  expect(errors).toEqual([]);
  for (const id of data.checkReviews) await completed(running, office(), id);
  return data.checkReviews;
}

/** What it declared when it applied, and still has. */
const incomeOf = async ({ caseId }: File): Promise<number | null> => {
  const text = 'select declared_income_fen::float8 as fen from housing_case where id = $1';
  return (await running.base.owner.query<{ fen: number | null }>(text, [caseId])).rows[0]!.fen;
};

/** Declared, with a letter, and checked at every source. */
async function evaluated(file: File): Promise<Review> {
  const { id, caseId } = await reviewOf(file);
  await sign(file, caseId!);
  const input = { reviewId: id, declaredOn: TODAY, declaredIncomeFen: await incomeOf(file) };
  expect((await mutate('declareForReview', 'DeclareForReviewInput', input, officerOf(file))).errors).toEqual([]);
  expect(await check()).toHaveLength(1);
  return reviewOf(file);
}

/** Its eldest has a car above every limit, of long ago. */
const buyCar = async ({ members }: File, plate: string) => {
  await running.world.owner.query(
    `insert into vehicle.vehicle values ($1, $2, $3, '02', $4, '试', '2012-07-19', 'NORMAL', 314159753)`,
    [members[0]!.idNumber, members[0]!.name, plate, `LVIN${plate.slice(1).padStart(13, '0')}`],
  );
  await forgetAnswers(running);
};
const consult = (review: Review, changes: object = {}, who: Who = officerOf(review.file)) =>
  mutate(
    'consultOnReview',
    'ConsultOnReviewInput',
    {
      ...{ reviewId: review.id, report: review.reportHash, agency: 'CIVIL_AFFAIRS', opinion: 'AGREES' },
      ...{ answeredOn: TODAY, documentNumber: '民函〔2026〕1号', ...changes },
    },
    who,
  );
const hear = (review: Review) =>
  mutate(
    'hearReview',
    'HearReviewInput',
    {
      ...{ reviewId: review.id, report: review.reportHash, heardOn: TODAY, attended: true },
      record: '当事人对车辆无异议。',
    },
    officerOf(review.file),
  );
const decide = (review: Review, changes: object = {}, who: Who = officerOf(review.file)) =>
  mutate(
    'decideReview',
    'DecideReviewInput',
    {
      ...{ reviewId: review.id, report: review.reportHash, outcome: 'TERMINATE', reason: '名下有超标准车辆。' },
      ...{ basis: '租赁合同第八条第二项', ...changes },
    },
    who,
  );

/** The same verb some days on. */
const executeIn = (days: number, id: string) => {
  const hub = { ...running.hub, now: () => new Date(Date.now() + days * DAY_MS) };
  const region = cityOf(files[0]!);
  const regions = running.hub.regions.scopeOf(region);
  const viewer = { subject: 'officer', role: 'COUNTY_HOUSING' as const, office: region, regions };
  return executeReview({ hub, viewer, purpose: null, requestId: randomUUID(), loaders: new Map() }, id);
};

describe('the yearly review', () => {
  it('is opened once a year and region, for every secured household, and reviewed, pending and exempt always add up to all [IM-7.1]', async () => {
    const [late, left, closed] = [files.at(-1)!, files.at(-2)!, files.at(-3)!];
    await running.base.owner.query('update entitlement set since = $2 where household_id = $1', [
      late.householdId,
      `${YEAR}-02-01`, // due next year
    ]);
    await running.base.owner.query('update entitlement set until = $2 where household_id = $1', [
      left.householdId,
      `${YEAR}-01-31`,
    ]);
    await running.base.owner.query('update household set closed_on = $2 where id = $1', [closed.householdId, TODAY]);
    await openCampaign();
    await openCampaign();
    const counted = await addsUp();
    expect(counted).toMatchObject({ reviewed: 0, exempt: 3, notOpened: 0 });
    expect(counted.pending).toBe(counted.secured - 3);
    for (const gone of [left, closed]) expect(await reviewsOf(gone)).toEqual([]);
    expect(await reviewOf(late)).toMatchObject({ state: 'EXEMPT', exemptAs: 'NOT_YET_DUE', caseId: null });
    for (const file of files.slice(0, -3)) {
      const reviews = await reviewsOf(file);
      expect(reviews).toHaveLength(1);
      expect(reviews[0]).toMatchObject({ state: 'DECLARATION_OPEN', caseId: expect.any(String), outcome: null });
    }
    /* Secured since March two years ago and never reviewed: overdue, and listed. */
    expect(counted.overdue).toBe(counted.pending);
    const overdue = `query ($region: String!, $year: Int!) { annualReviews(region: $region, year: $year, overdue: true, first: 200) { nodes { household { id } } } }`;
    const { data } = await running.ask<{ annualReviews: { nodes: { household: { id: string } }[] } }>(
      office(),
      overdue,
      {
        variables: campaignInput(),
      },
    );
    const listed = data.annualReviews.nodes.map(({ household }) => household.id);
    const others = [late, left, closed].map(({ householdId }) => householdId);
    expect(listed.sort()).toEqual((await securedByHand()).filter((id) => !others.includes(id)));
  });

  it('is not to be found, nor opened, from another county, and only for this year', async () => {
    const elsewhere: Who = { role: 'COUNTY_HOUSING', region: elsewhereOf(files[0]!), sub: 'far' };
    const read = 'query ($region: String!, $year: Int!) { reviewCampaign(region: $region, year: $year) { id } }';
    expect(refusalOf(await running.ask(elsewhere, read, { variables: campaignInput() }))).toEqual(['NOT_FOUND region']);
    const open = (input: object, who: Who) =>
      running.ask(who, 'mutation ($input: CampaignInput!) { openReviewCampaign(input: $input) { id } }', {
        variables: { input },
      });
    expect(refusalOf(await open(campaignInput(), elsewhere))).toEqual(['NOT_FOUND region']);
    expect(refusalOf(await open({ region: '999999', year: YEAR }, elsewhere))).toEqual(['NOT_FOUND region']);
    expect(refusalOf(await open({ ...campaignInput(), year: YEAR - 1 }, office()))).toEqual(['INVALID_INPUT year']);
    const { id } = await reviewOf(files[0]!);
    const declared = await mutate(
      'declareForReview',
      'DeclareForReviewInput',
      { reviewId: id, declaredOn: TODAY },
      elsewhere,
    );
    expect(refusalOf(declared)).toEqual(['NOT_FOUND reviewId']);
  });

  it('goes from the declaration over the sources to CONTINUE, shows its four factors, and is done at once', async () => {
    const file = files[0]!;
    const before = await addsUp();
    const review = await evaluated(file);
    expect(review).toMatchObject({
      state: 'EVALUATED',
      outcome: null,
      reportHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(review.factors!.map(({ factor, outcome, changed }) => `${factor} ${outcome} ${changed}`).sort()).toEqual([
      'ASSETS PASS false',
      'HOUSING PASS false',
      'INCOME PASS false',
      'POPULATION PASS false',
    ]);
    expect(refusalOf(await decide(review))).toEqual(['DECISION_UNFOUNDED outcome']);
    const closing = 'mutation ($id: ID!) { closeCase(caseId: $id) { id } }';
    const closed = await running.ask(officerOf(file), closing, { variables: { id: review.caseId } });
    expect(refusalOf(closed)).toEqual(['ILLEGAL_MOVE caseId']); // its case ends with the review
    const { data, errors } = await decide(review, { outcome: 'CONTINUE', reason: '各项条件均符合。', basis: null });
    expect(errors).toEqual([]);
    expect(data.decideReview).toMatchObject({ state: 'EXECUTED' });
    const done = await reviewOf(file);
    expect(done.steps.map(({ kind, takenBy }) => `${kind} ${takenBy}`)).toEqual([
      'DECLARATION officer',
      'SOURCE_CHECK city',
      'DECISION officer',
      'EXECUTION officer',
    ]);
    const after = await addsUp();
    expect(after).toMatchObject({ reviewed: before.reviewed + 1, pending: before.pending - 1, exempt: before.exempt });
    const { rows } = await running.base.owner.query('select closed_as from housing_case where id = $1', [done.caseId]);
    expect(rows).toEqual([{ closed_as: 'SETTLED' }]);
  });

  it('ends a household’s security only after civil affairs and a hearing, by a decision that names its clause, when the time to object is over; the exit has a day, and stays found from the day after it [IM-7.2] [IM-7.3] [IM-6(2)-2] [GX-9.2.1(3)]', async () => {
    const file = files[1]!;
    await buyCar(file, '蒙D0T001');
    const review = await evaluated(file);
    expect(review.state).toBe('EVALUATED');
    expect(review.factors).toContainEqual({ factor: 'ASSETS', outcome: 'FAIL', changed: false });
    const street: Who = { role: 'STREET_OFFICER', region: file.region, sub: 'street' };
    expect(refusalOf(await decide(review, {}, street))).toEqual(['FORBIDDEN undefined']);
    expect(refusalOf(await decide(review))).toEqual(['NOT_CONSULTED outcome']);
    expect(refusalOf(await hear(review))).toEqual(['ILLEGAL_MOVE undefined']);
    expect((await consult(review, { agency: 'PUBLIC_SECURITY' })).errors).toEqual([]);
    expect((await hear(review)).errors).toEqual([]);
    expect(refusalOf(await decide(review))).toEqual(['NOT_CONSULTED outcome']); // civil affairs were not asked
    const civil: Who = { role: 'CIVIL_AFFAIRS', region: file.region, sub: 'civil' };
    expect(refusalOf(await consult(review, { agency: 'OTHER' }, civil))).toEqual(['FORBIDDEN agency']);
    expect((await consult(review, {}, civil)).errors).toEqual([]);
    expect(refusalOf(await decide(review))).toEqual(['NOT_CONSULTED outcome']); // and heard again on what they say
    expect((await hear(review)).errors).toEqual([]);
    expect(refusalOf(await decide(review, { outcome: 'CONTINUE' }))).toEqual(['DECISION_UNFOUNDED outcome']);
    expect(refusalOf(await decide(review, { basis: null }))).toEqual(['INVALID_INPUT basis']);
    expect(refusalOf(await decide(review, { effectiveOn: daysOff(3) }))).toEqual(['INVALID_INPUT effectiveOn']);
    expect((await decide(review)).errors).toEqual([]);
    const decided = await reviewOf(file);
    expect(decided).toMatchObject({ state: 'DECIDED', outcome: 'TERMINATE' });
    expect(decided.steps.at(-1)).toMatchObject({
      ...{ kind: 'DECISION', basis: '租赁合同第八条第二项', note: '名下有超标准车辆。' },
      ...{ objectionsUntil: daysOff(15), effectiveOn: daysOff(16) }, // review.objection-days
    });
    const EXECUTE = 'mutation ($id: ID!) { executeReview(reviewId: $id) { state } }';
    const early = await running.ask(officerOf(file), EXECUTE, { variables: { id: review.id } });
    expect(refusalOf(early)).toEqual(['OBJECTIONS_RUN reviewId']);
    await expect(executeIn(15, review.id)).rejects.toMatchObject({ code: 'OBJECTIONS_RUN' });
    await expect(executeIn(16, review.id)).resolves.toMatchObject({ state: 'EXECUTED', outcome: 'TERMINATE' });
    await expect(executeIn(16, review.id)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    const { rows } = await running.base.owner.query(
      `select e.until::text, x.ground, x.basis, x.vacate_by::text from entitlement e join exit_case x using (household_id) where household_id = $1`,
      [file.householdId],
    );
    expect(rows).toEqual([
      { until: daysOff(15), ground: 'NO_LONGER_ELIGIBLE', basis: '租赁合同第八条第二项', vacate_by: daysOff(46) },
    ]);
    const exits =
      'query ($region: String!) { exitCases(region: $region) { nodes { ground vacateBy household { id } } } }';
    const { data } = await running.ask<{ exitCases: { nodes: object[] } }>(office(), exits, {
      variables: { region: cityOf(file) },
    });
    expect(data.exitCases.nodes).toEqual([
      { ground: 'NO_LONGER_ELIGIBLE', vacateBy: daysOff(46), household: { id: file.householdId } },
    ]);
    const overdueIn = async (days: number) => {
      const hub = { ...running.hub, now: () => new Date(Date.now() + days * DAY_MS) };
      await detectIneligible.run({}, hub, new AbortController().signal);
      const found = `query ($region: String!) { detectionFindings(region: $region, kind: EXIT_OVERDUE) { nodes { foundOn state household { id } } } }`;
      const asked = await running.ask<{ detectionFindings: { nodes: object[] } }>(office(), found, {
        variables: { region: cityOf(file) },
      });
      return asked.data.detectionFindings.nodes;
    };
    expect(await overdueIn(46)).toEqual([]);
    const late = { foundOn: daysOff(47), state: 'CLEARING', household: { id: file.householdId } };
    expect(await overdueIn(47)).toEqual([{ ...late, state: 'OPEN' }]);
    expect(await overdueIn(48)).toEqual([late]);
    await addsUp();
  });

  it('turns low-rent into public rental security where that fits and an officer chooses it, never by itself [IM-7.4]', async () => {
    const file = files[2]!;
    await buyCar(file, '蒙D0T002'); // bars from low-rent security only
    const review = await evaluated(file);
    expect((await consult(review)).errors).toEqual([]);
    expect((await hear(review)).errors).toEqual([]);
    const convert = { outcome: 'CONVERT_TO_PUBLIC_RENTAL', reason: '符合公共租赁住房条件。' };
    expect(refusalOf(await decide(review, convert))).toEqual(['INVALID_INPUT conversion']);
    expect(refusalOf(await decide(review, { ...convert, conversion: 'PURCHASE' }))).toEqual([
      'INVALID_INPUT differenceFen',
    ]);
    const decided = await decide(review, { ...convert, conversion: 'RENT', effectiveOn: daysOff(30) });
    expect(decided.errors).toEqual([]);
    await expect(executeIn(30, review.id)).resolves.toMatchObject({ outcome: 'CONVERT_TO_PUBLIC_RENTAL' });
    const { rows } = await running.base.owner.query(
      'select programme, since::text, until::text from entitlement where household_id = $1 order by since',
      [file.householdId],
    );
    expect(rows).toEqual([
      { programme: 'LOW_RENT', since: `${YEAR - 2}-03-01`, until: daysOff(29) },
      { programme: 'PUBLIC_RENTAL', since: daysOff(30), until: null },
    ]);

    /* What public rental security lacks too does not become it. */
    const other = files[3]!;
    await buyCar(other, '蒙D0T003');
    await secureElsewhere(other); // twice, whatever the programme
    const unfit = await evaluated(other);
    expect((await consult(unfit)).errors).toEqual([]);
    expect((await hear(unfit)).errors).toEqual([]);
    expect(refusalOf(await decide(unfit, { ...convert, conversion: 'RENT' }))).toEqual(['DECISION_UNFOUNDED outcome']);
  });

  it('stands on the last report: a newer one takes it back and voids what was decided', async () => {
    const file = files[4]!;
    await buyCar(file, '蒙D0T004');
    const review = await evaluated(file);
    expect((await consult(review)).errors).toEqual([]);
    expect((await hear(review)).errors).toEqual([]);
    expect((await decide(review)).errors).toEqual([]);
    await running.world.owner.query(`delete from vehicle.vehicle where plate = '蒙D0T004'`);
    await forgetAnswers(running);
    const text = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id } }';
    const input = { clientKey: randomUUID(), purpose: 'ANNUAL_REVIEW', households: [file.householdId] };
    const { data } = await running.ask<{ requestCrossCheck: { id: string } }>(office(), text, { variables: { input } });
    await completed(running, office(), data.requestCrossCheck.id);
    const now = await reviewOf(file);
    expect(now).toMatchObject({ state: 'EVALUATED', outcome: null });
    expect(now.reportHash).not.toBe(review.reportHash);
    await expect(executeIn(20, review.id)).rejects.toMatchObject({ code: 'ILLEGAL_MOVE' });
    expect(refusalOf(await decide(review))).toEqual(['REPORT_STALE report']);
    expect((await decide(now, { outcome: 'CONTINUE', reason: '车辆已更正。', basis: null })).errors).toEqual([]);
  });

  it('stays held for evidence while a source is silent, and an unknown is no pass', async () => {
    const file = files[5]!;
    await running.sandbox.control.set('vehicle', { mode: 'down' });
    const review = await evaluated(file);
    expect(review).toMatchObject({ state: 'EVALUATED', outcome: null });
    expect(review.factors).toContainEqual({ factor: 'ASSETS', outcome: 'INCONCLUSIVE', changed: false });
    const held = { outcome: 'PENDING_EVIDENCE', reason: '车管部门未答复。', basis: null };
    for (const outcome of ['CONTINUE', 'ADJUST', 'TERMINATE', 'CONVERT_TO_PUBLIC_RENTAL'])
      expect(refusalOf(await decide(review, { ...held, outcome }))).toEqual(['DECISION_UNFOUNDED outcome']);
    expect((await decide(review, held)).errors).toEqual([]);
    expect(await reviewOf(file)).toMatchObject({ state: 'HELD', outcome: 'PENDING_EVIDENCE' });
    expect((await addsUp()).reviewed).toBeLessThan(files.length);
    await running.sandbox.control.set('vehicle', { mode: 'ok' });
    await forgetAnswers(running);
    await check();
    const answered = await reviewOf(file);
    expect(answered).toMatchObject({ state: 'EVALUATED', outcome: null });
    expect(answered.factors).toContainEqual({ factor: 'ASSETS', outcome: 'PASS', changed: false });
  });

  it('shows that a member has died, by the police, as a change of the household [IM-7.1-a]', async () => {
    const file = files[10]!;
    const gone = file.members.at(-1)!;
    await running.world.owner.query(`update police.person set deceased_on = '2026-01-07' where id_number = $1`, [
      gone.idNumber,
    ]);
    await forgetAnswers(running);
    const review = await evaluated(file);
    const text = `query ($id: ID!) { household(id: $id) { annualReviews { factors { factor changed sentences } } } }`;
    const { data } = await running.ask<{
      household: { annualReviews: { factors: { factor: string; changed: boolean; sentences: string[] }[] }[] };
    }>(officerOf(file), text, { variables: { id: review.household.id } });
    const population = data.household.annualReviews[0]!.factors.find(({ factor }) => factor === 'POPULATION')!;
    expect(population.changed).toBe(true);
    expect(population.sentences.join()).toContain('公安');
    expect(population.sentences.join()).not.toContain(gone.name);
  });

  it('shows a new home by its unit number as a change, and fails where all homes together are above the limit of today [IM-7.1-d]', async () => {
    const housingOf = async (file: File, unit: string, area: number, registeredOn: string) => {
      const { idNumber, name } = file.members[0]!;
      await running.world.owner.query(
        `insert into property.unit values ($1, $2, $3, $4, $5, 'GROSS', 'OWNERSHIP', 10000, $6)`,
        [idNumber, name, unit, unit.slice(0, 6), area, registeredOn],
      );
      await forgetAnswers(running);
      const review = await evaluated(file);
      const text = `query ($id: ID!) { household(id: $id) { annualReviews { factors { factor outcome changed sentences } } } }`;
      const { data } = await running.ask<{
        household: { annualReviews: { factors: { factor: string; sentences: string[] }[] }[] };
      }>(officerOf(file), text, { variables: { id: review.household.id } });
      return data.household.annualReviews[0]!.factors.find(({ factor }) => factor === 'HOUSING')!;
    };
    const [large, small] = ['110101001001GB00001F00020001', '110101001001GB00001F00020002'] as const;
    const above = await housingOf(files[11]!, large, 999.9, `${YEAR - 1}-05-06`);
    expect(above).toMatchObject({ outcome: 'FAIL', changed: true });
    expect(above.sentences.join()).toContain(large);
    /* A thousandth of a square metre takes nobody above a limit: it is looked at, and is no failure. */
    const below = await housingOf(files[12]!, small, 0.001, `${YEAR - 1}-05-06`);
    expect(below).toMatchObject({ outcome: 'INCONCLUSIVE', changed: true });
    expect(below.sentences.join()).toContain(small);
  });

  it('stays open where deposits have to be checked, for no bank tells of them, until two officers settle it by a paper; elsewhere the report says that nobody asked [IM-7.1-c]', async () => {
    const file = files[13]!;
    await running.base.owner.query(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'deposits.checked', $1, 1, 'flag', '旗住建〔2026〕9号', 'LOCAL', '2014-01-01', now())`,
      [file.region],
    );
    const review = await evaluated(file);
    expect(review.factors).toContainEqual({ factor: 'ASSETS', outcome: 'INCONCLUSIVE', changed: false });
    const keep = { outcome: 'CONTINUE', reason: '各项条件均符合。', basis: null };
    expect(refusalOf(await decide(review, keep))).toEqual(['DECISION_UNFOUNDED outcome']);
    const ofReview = { ...file, caseId: review.caseId! };
    const desk = paperDesk(running);
    expect(await desk.openTasks(ofReview)).toEqual(['RULE RR-11']);
    const paper = { rule: 'RR-11', issuedBy: '某银行赤峰分行', documentNumber: '存款证明〔2026〕1号' };
    const { data } = await desk.add(ofReview, paper);
    expect((await desk.confirm(second(ofReview), { id: data.addEvidence.id })).errors).toEqual([]);
    await desk.quiet();
    const settled = await reviewOf(file);
    expect(settled.factors).toContainEqual({ factor: 'ASSETS', outcome: 'PASS', changed: false });
    expect((await decide(settled, keep)).errors).toEqual([]);
    const text = `query ($id: ID!) { household(id: $id) { annualReviews { report { findings { rule outcome sentence } } } } }`;
    await running.base.owner.query(
      `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
       values (gen_random_uuid(), 'deposits.checked', $1, 0, 'flag', '旗住建〔2026〕10号', 'LOCAL', '2014-01-01', now())`,
      [file.region],
    );
    const other = files[5]!; // checked before its county asked
    const { data: shown } = await running.ask<{
      household: { annualReviews: { report: { findings: { rule: string; sentence: string }[] } }[] };
    }>(officerOf(other), text, { variables: { id: other.householdId } });
    const finding = shown.household.annualReviews[0]!.report.findings.find(({ rule }) => rule === 'RR-11')!;
    expect(finding).toMatchObject({ outcome: 'NOT_APPLICABLE', sentence: expect.stringContaining('没有查询家庭存款') });
  });

  it('is waived by a document with a reason, and whoever was silent is noted, not judged', async () => {
    const [ill, silent] = [files[6]!, files[7]!];
    const input = { reviewId: (await reviewOf(ill)).id, reason: '全户住院治疗。', documentNumber: '赤住保〔2026〕7号' };
    expect(
      refusalOf(await mutate('exemptFromReview', 'ExemptFromReviewInput', { ...input, reason: ' ' }, officerOf(ill))),
    ).toEqual(['INVALID_INPUT reason']);
    expect((await mutate('exemptFromReview', 'ExemptFromReviewInput', input, officerOf(ill))).errors).toEqual([]);
    expect(await reviewOf(ill)).toMatchObject({ state: 'EXEMPT', exemptAs: 'BY_DECISION' });
    /* The days of a campaign opened late in the year run into the next one. */
    await running.base.owner.query(
      'update annual_review set declare_by = case household_id when $1 then $2::date else $3::date end',
      [silent.householdId, `${YEAR + 1}-01-08`, `${YEAR + 1}-12-31`],
    );
    const stateOn = async (day: string) => {
      const hub = { ...running.hub, now: () => new Date(`${YEAR + 1}-${day}T04:00:00Z`) };
      await openReviews.run({}, hub, new AbortController().signal);
      return (await reviewOf(silent)).state;
    };
    expect(await stateOn('01-08')).toBe('DECLARATION_OPEN');
    expect(await stateOn('01-09')).toBe('NOT_DECLARED');
    expect(await reviewOf(silent)).toMatchObject({ state: 'NOT_DECLARED', outcome: null });
    const { rows } = await running.base.owner.query('select until from entitlement where household_id = $1', [
      silent.householdId,
    ]);
    expect(rows).toEqual([{ until: null }]);
    const { id } = await reviewOf(silent);
    const declared = await mutate(
      'declareForReview',
      'DeclareForReviewInput',
      {
        reviewId: id,
        declaredOn: TODAY,
        declaredIncomeFen: 120_000,
      },
      officerOf(silent),
    );
    expect(declared.data.declareForReview).toMatchObject({ state: 'DECLARED' });
    await addsUp();
  });
});

describe('a signal of misuse', () => {
  const signal = (file: File, changes: object) =>
    running.ask<{ recordSignal: { id: string; state: string; opensOn: string } }>(
      officerOf(file),
      'mutation ($input: RecordSignalInput!) { recordSignal(input: $input) { id state opensOn } }',
      { variables: { input: { householdId: file.householdId, signal: 'METER', seenFrom: TODAY, ...changes } } },
    );
  const USES: Readonly<Record<string, string>> = { FALSE_ALARM: 'SELF_OCCUPIED', EXCUSED: 'IDLE' };
  const close = (file: File, id: string, result: string, use = USES[result] ?? 'LET') =>
    mutate(
      'closeInspection',
      'CloseInspectionInput',
      { inspectionId: id, result, use, inspectedOn: TODAY, record: '入户查看。' },
      officerOf(file),
    );

  it('of an empty dwelling opens an inspection when six months are over, on the day and not before, and nothing else [IM-7.7]', async () => {
    const file = files[8]!;
    const { rows: before } = await running.base.owner.query('select * from entitlement where household_id = $1', [
      file.householdId,
    ]);
    /* The tenth of a month, two months ago; six months on it is the tenth again. */
    const tenth = (months: number, day = 10) =>
      new Date(Date.UTC(YEAR, Number(TODAY.slice(5, 7)) - 1 + months, day)).toISOString().slice(0, 10);
    const seen = await signal(file, { kind: 'VACANT', seenFrom: tenth(-2) });
    expect(seen.errors).toEqual([]);
    const id = seen.data.recordSignal.id;
    expect(seen.data.recordSignal).toMatchObject({ state: 'WATCHING', opensOn: tenth(4) });
    const at = async (day: string) => {
      await openInspections.run(
        {},
        { ...running.hub, now: () => new Date(`${day}T04:00:00Z`) },
        new AbortController().signal,
      );
      const { rows } = await running.base.owner.query('select state from inspection where id = $1', [id]);
      return rows[0].state as string;
    };
    expect(await at(tenth(4, 9))).toBe('WATCHING');
    expect(refusalOf(await close(file, id, 'CONFIRMED'))).toEqual(['ILLEGAL_MOVE undefined']); // not for so long yet
    for (const word of ['OPEN', 'WATCHING']) expect((await close(file, id, word)).status).toBe(400); // is nothing found
    expect(await at(tenth(4))).toBe('OPEN');
    expect(refusalOf(await signal(file, { kind: 'VACANT' }))).toEqual(['ALREADY_WATCHED kind']);
    expect((await close(file, id, 'EXCUSED')).data.closeInspection).toMatchObject({ state: 'EXCUSED' });
    expect(refusalOf(await close(file, id, 'CONFIRMED'))).toEqual(['ILLEGAL_MOVE undefined']);
    const { rows: after } = await running.base.owner.query('select * from entitlement where household_id = $1', [
      file.householdId,
    ]);
    expect(after).toEqual(before);
  });

  it('lets an exit be ordered only once an officer confirmed it, and only after civil affairs, a hearing and by a clause; the ground goes with it [IM-7.8]', async () => {
    const file = files[9]!;
    const seen = await signal(file, { kind: 'SUBLET', signal: 'COMPLAINT', seenFrom: daysOff(-3), note: '邻居反映。' });
    const inspectionId = seen.data.recordSignal.id;
    const review = await evaluated(file);
    const order = { outcome: 'ORDER_EXIT', reason: '转租属实。', basis: '租赁合同第九条第一项' };
    expect(refusalOf(await decide(review, { ...order, inspectionId }))).toEqual(['NOT_CONSULTED outcome']);
    await consult(review);
    expect(refusalOf(await decide(review, { ...order, inspectionId }))).toEqual(['NOT_CONSULTED outcome']);
    await hear(review);
    expect(refusalOf(await decide(review, order))).toEqual(['INVALID_INPUT inspectionId']);
    expect(refusalOf(await decide(review, { ...order, inspectionId }))).toEqual(['INVALID_INPUT inspectionId']);
    expect((await close(file, inspectionId, 'CONFIRMED')).errors).toEqual([]);
    expect(refusalOf(await decide(review, { ...order, inspectionId, basis: null }))).toEqual(['INVALID_INPUT basis']);
    expect((await decide(review, { ...order, inspectionId })).errors).toEqual([]);
    await expect(executeIn(16, review.id)).resolves.toMatchObject({ outcome: 'ORDER_EXIT' });
    const { rows } = await running.base.owner.query('select ground from exit_case where household_id = $1', [
      file.householdId,
    ]);
    expect(rows).toEqual([{ ground: 'SUBLET' }]);
    const record =
      'query ($region: String!) { signalRecord(region: $region) { signal kind confirmed excused falseAlarms open } }';
    const { data } = await running.ask(office(), record, { variables: { region: cityOf(file) } });
    const far = await running.ask({ role: 'COUNTY_HOUSING', region: elsewhereOf(file), sub: 'far' }, record, {
      variables: { region: cityOf(file) },
    });
    expect(far.data).toEqual({ signalRecord: [] });
    expect(data).toEqual({
      signalRecord: [
        { signal: 'COMPLAINT', kind: 'SUBLET', confirmed: 1, excused: 0, falseAlarms: 0, open: 0 },
        { signal: 'METER', kind: 'VACANT', confirmed: 0, excused: 1, falseAlarms: 0, open: 0 },
      ],
    });
  });
});
