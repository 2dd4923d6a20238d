import { UNCOUNTED } from '../server/support/stage';
import { admission, staffOf } from '../admission/office-of';
import { elsewhereOf, honestFiles, type File } from '../support/files';
import { openRunningHub, type RunningHub, type Who } from '../support/running-hub';
import { beijingDay } from '../../src/access/day';
import { eraseArchives } from '../../src/store/archive/erase';
import { tablesAsText } from '../support/canaries';
import { recomputeQueues } from '../../src/jobs/recompute-queues';
import { sendNotices } from '../../src/jobs/send-notices';
import { plantReview } from '../access/support/reviews';

const DAY_MS = 86_400_000;
/** Terms of the two regions' defaults: days of the three publicities. */
const DAYS = [7, 7, 15] as const;
const CLIENTS = 200;

let ahead = 0;
let running: RunningHub;
let byKind: (kind: string) => File[];
beforeAll(async () => {
  running = await openRunningHub(1_000, UNCOUNTED, () => new Date(Date.now() + ahead));
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  const files = await honestFiles(running);
  byKind = (kind) =>
    files.filter(
      ({ region }) => (running.hub.regions.find(region)!.divisionKind === 'DISTRICT') === (kind === 'DISTRICT'),
    );
});
afterAll(() => running.close());
/* Recognitions of the demonstration's people run out by and by. */
beforeEach(() => void (ahead = 0));

interface Filed {
  readonly id: string;
  readonly entries: readonly {
    readonly id: string;
    readonly section: string;
    readonly fact: string | null;
    readonly filedBy: string;
    readonly role: string;
    readonly recordedAt: string;
    readonly material: { readonly title: string } | null;
  }[];
  readonly completeness: {
    readonly present: number;
    readonly sections: readonly { readonly section: string; readonly missing: boolean }[];
  };
}

const passDays = (days: number): void => void (ahead += days * DAY_MS);
const codeOf = ({ errors }: { errors: readonly { extensions: { code: string } }[] }) =>
  errors.map(({ extensions }) => extensions.code);

describe('an application', () => {
  it('in a banner or county goes from the committee through the street to the county with civil affairs and police, three reviews and three publicities, to its approval [IM-3.2] [IM-3.3] [IM-3.C1] [IM-3.C2] [IM-3.C3] [IM-3.C4] [IM-3.C5] [IM-3.C7]', async () => {
    const office = admission(running);
    const file = byKind('COUNTY')[0]!;
    const { committee, street, county, city, civil } = staffOf(file, running);
    const { data } = await office.start(committee, file);
    const { id, flow } = data.startApplication;
    expect(flow).toBe('COUNTY_FLOW');
    expect(await office.refused(street, 'submitApplication', id)).toBe('WRONG_LEVEL applicationId');
    await office.does(committee, 'submitApplication', id);
    expect(await office.refused(street, 'acceptApplication', id)).toBe('WRONG_LEVEL applicationId');
    expect(await office.refused(committee, 'passReview', id, { opinion: '属实' })).toBe('ILLEGAL_MOVE applicationId');
    const accepted = await office.does(committee, 'acceptApplication', id);
    expect(accepted).toMatchObject({ state: 'IN_REVIEW', round: 1, receipt: expect.stringMatching(/^受理-/) });

    const reviewers = [committee, street, county];
    for (const [at, reviewer] of reviewers.entries()) {
      const round = at + 1;
      const next = reviewers[at + 1] ?? city;
      const review = { opinion: '情况属实', ...(round === 3 ? { report: await office.report(county, file) } : {}) };
      expect(await office.refused(next, 'passReview', id, review)).toBe('WRONG_LEVEL applicationId');
      if (round === 3) {
        expect(await office.refused(county, 'passReview', id, review)).toBe('OPINION_MISSING applicationId');
        await office.does(civil, 'giveOpinion', id, office.opinion('CIVIL_AFFAIRS'));
        expect(await office.refused(county, 'passReview', id, review)).toBe('OPINION_MISSING applicationId');
        await office.does(reviewer, 'giveOpinion', id, office.opinion('PUBLIC_SECURITY'));
        expect(await office.refused(county, 'passReview', id, { opinion: '属实' })).toBe('REPORT_STALE report');
      }
      expect(await office.refused(reviewer, 'postPublicity', id, { place: '公告栏' })).toBe(
        'ILLEGAL_MOVE applicationId',
      );
      await office.does(reviewer, 'passReview', id, review);
      expect(await office.refused(next, 'postPublicity', id, { place: '公告栏' })).toBe('WRONG_LEVEL applicationId');
      await office.does(reviewer, 'postPublicity', id, { place: '公告栏' });
      passDays(DAYS[at]!);
      await office.periodEnds(county, id); // the last day is not over
      expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY', round });
      expect(await office.refused(reviewer, 'clearPublicity', id)).toBe('ILLEGAL_MOVE applicationId');
      expect(await office.refused(reviewer, 'approveApplication', id)).toMatch(/ILLEGAL_MOVE applicationId|FORBIDDEN/);
      passDays(1);
      await office.periodEnds(county, id);
      expect(office.seen(id)).toMatchObject({ state: 'PUBLICITY_ENDED', round });
      await office.does(reviewer, 'clearPublicity', id);
    }
    expect(office.seen(id)).toMatchObject({ state: 'CLEARED', round: 3 });
    expect(await office.refused(city, 'approveApplication', id)).toBe('WRONG_LEVEL applicationId');
    expect(await office.does(county, 'approveApplication', id)).toMatchObject({ state: 'APPROVED' });

    const { steps, publicities } = await office.whole(county, id);
    expect(steps.map(({ kind, round }) => `${kind} ${round}`)).toEqual([
      ...['SUBMISSION 1', 'ACCEPTANCE 1', 'PASS 1', 'POSTING 1', 'PERIOD_END 1', 'CLEARANCE 1'],
      ...['PASS 2', 'POSTING 2', 'PERIOD_END 2', 'CLEARANCE 2'],
      ...['OPINION 3', 'OPINION 3', 'PASS 3', 'POSTING 3', 'PERIOD_END 3', 'CLEARANCE 3', 'APPROVAL 3'],
    ]);
    expect(publicities.map(({ state }) => state)).toEqual(['CLEARED', 'CLEARED', 'CLEARED']);
    for (const { snapshot } of publicities)
      for (const { name, idNumber } of file.members) {
        expect(snapshot).not.toContain(idNumber.slice(6, 14));
        if (name.length > 1) expect(snapshot).not.toContain(name);
      }
  });

  it('leaves in the file of the household every step with its author and time, three reviews among them; whoever may read it finds it, and nobody else [IM-4.5(f)] [IM-4.6] [IM-4.8]', async () => {
    const office = admission(running);
    const file = byKind('COUNTY')[0]!;
    const { county, civil } = staffOf(file, running);
    const FILE = `query ($id: ID!) { household(id: $id) { applications { id } file { id entries { id section fact filedBy role recordedAt subjectId hash material { title } }
      completeness { present required sections { section missing } } } } }`;
    const read = async (who: Who = county) =>
      (
        await running.ask<{ household: { applications: { id: string }[]; file: Filed } }>(who, FILE, {
          variables: { id: file.householdId },
        })
      ).data.household;
    passDays(60); // behind what was done while the clock was ahead
    const { applications, file: filed } = await read();
    const { steps } = await office.whole(county, applications[0]!.id);
    expect(
      filed.entries
        .filter(({ section }) => ['DECLARATION', 'REVIEW'].includes(section))
        .map(({ fact, filedBy, role }) => [fact, filedBy, role]),
    ).toEqual(steps.map(({ kind, takenBy, role }) => [kind, takenBy, role]));
    const passed = filed.entries.filter(({ section, fact }) => section === 'REVIEW' && fact === 'PASS');
    expect(passed.map(({ filedBy, recordedAt }) => [filedBy, Date.parse(recordedAt) > 0])).toEqual(
      ['committee', 'street', 'county'].map((one) => [staffOf(file, running)[one as 'county'].sub, true]),
    );
    const missing = ({ completeness }: Filed) =>
      completeness.sections.filter((one) => one.missing).map(({ section }) => section);
    expect([filed.completeness.present, missing(filed)]).toEqual([2, ['HUKOU', 'HOUSING', 'INCOME', 'ASSETS']]);
    const FILING = `mutation ($input: FileArchiveEntryInput!) { fileArchiveEntry(input: $input) { id stage material { title place } } }`;
    const input = {
      householdId: file.householdId,
      section: 'HUKOU',
      title: '户口簿复印件',
      place: '一号柜',
      validFrom: '2026-01-01',
    };
    expect(codeOf(await running.ask(civil, FILING, { variables: { input } }))).toEqual(['FORBIDDEN']);
    const { data } = await running.ask(county, FILING, { variables: { input } });
    expect(data).toMatchObject({
      fileArchiveEntry: { stage: 'COLLECTED', material: { title: '户口簿复印件', place: '一号柜' } },
    });
    const after = (await read()).file;
    expect(missing(after)).toEqual(['HOUSING', 'INCOME', 'ASSETS']);
    expect(after.entries.slice(0, -1)).toEqual(filed.entries);
    /* A fact stands: it is not corrected; nobody of another county, and no dashboard, reads any of it. */
    const CORRECTION = `mutation ($input: CorrectArchiveEntryInput!) { correctArchiveEntry(input: $input) { id } }`;
    const correction = { entryId: passed[0]!.id, title: '不通过', validFrom: '2026-01-01', reason: '更正' };
    expect(codeOf(await running.ask(county, CORRECTION, { variables: { input: correction } }))).toEqual([
      'ILLEGAL_MOVE',
    ]);
    const own = { entryId: after.entries.at(-1)!.id, title: '户口簿', validFrom: '2026-01-01', reason: '更正' };
    expect(codeOf(await running.ask(county, CORRECTION, { variables: { input: own } }))).toEqual([]);
    const LIST = `query ($region: String!) { archiveEntries(region: $region, section: HUKOU, first: 200) { nodes { id } } }`;
    const variables = { region: file.region };
    expect(
      codeOf(await running.ask({ role: 'DASHBOARD', region: file.region, sub: 'x' }, LIST, { variables })),
    ).toEqual(['FORBIDDEN']);
    const elsewhere = { ...county, region: elsewhereOf(file) };
    expect((await running.ask(elsewhere, LIST, { variables })).data).toEqual({ archiveEntries: { nodes: [] } });
    expect(JSON.stringify((await running.ask(county, LIST, { variables })).data)).toContain(own.entryId);
    /* By the decision of two its words are gone, from every table, file and line of the log; the entries are not. */
    const order = { input: { fileId: after.id, documentNumber: '销〔2026〕1号' } };
    const proposal = `mutation ($input: ProposeArchiveDisposalInput!) { proposeArchiveDisposal(input: $input) { id } }`;
    const proposed = await running.ask<{ proposeArchiveDisposal: { id: string } }>(county, proposal, {
      variables: order,
    });
    const confirming = `mutation ($id: ID!) { confirmArchiveDisposal(disposalId: $id) { confirmedBy } }`;
    const { id: disposal } = proposed.data.proposeArchiveDisposal;
    expect(codeOf(await running.ask(county, confirming, { variables: { id: disposal } }))).toEqual([
      'SECOND_PERSON_REQUIRED',
    ]);
    expect(
      codeOf(await running.ask({ ...county, sub: 'another' }, confirming, { variables: { id: disposal } })),
    ).toEqual([]);
    const { base, hub } = running;
    expect(await eraseArchives({ owner: base.owner, files: hub.files, now: hub.now(), subject: 'archivist' })).toBe(
      after.entries.length + 1,
    );
    const tables = [...(await tablesAsText(running)).values()].join('\n');
    for (const text of [tables, running.logged.join('')])
      expect(['户口簿复印件', '一号柜'].filter((word) => text.includes(word))).toEqual([]);
    expect((await read()).file.entries.map(({ id, material }) => [id, material])).toEqual([
      ...filed.entries.map(({ id }) => [id, null]),
      [expect.any(String), null],
    ]);
  });

  it('in a district goes from the street through the district with civil affairs to the city with police [IM-3.3] [IM-3.D1] [IM-3.D2] [IM-3.D3] [IM-3.D4] [IM-3.D5] [IM-3.D7]', async () => {
    const office = admission(running);
    const file = byKind('DISTRICT')[0]!;
    const { committee, street, county, city, civil } = staffOf(file, running);
    const { data } = await office.start(street, file);
    const { id, flow } = data.startApplication;
    expect(flow).toBe('DISTRICTED_FLOW');
    expect(await office.refused(committee, 'submitApplication', id)).toBe('WRONG_LEVEL applicationId');
    await office.does(street, 'submitApplication', id);
    await office.does(street, 'acceptApplication', id);
    for (const [at, reviewer] of [street, county, city].entries()) {
      const round = at + 1;
      const review = { opinion: '情况属实', ...(round > 1 ? { report: await office.report(county, file) } : {}) };
      if (round === 2) {
        expect(await office.refused(county, 'passReview', id, review)).toBe('OPINION_MISSING applicationId');
        expect(await office.refused(county, 'giveOpinion', id, office.opinion('PUBLIC_SECURITY'))).toBe(
          'WRONG_LEVEL applicationId',
        );
        await office.does(civil, 'giveOpinion', id, office.opinion('CIVIL_AFFAIRS'));
      }
      if (round === 3) {
        expect(await office.refused(city, 'passReview', id, review)).toBe('OPINION_MISSING applicationId');
        await office.does(reviewer, 'giveOpinion', id, office.opinion('PUBLIC_SECURITY'));
      }
      expect(await office.refused(reviewer, 'postPublicity', id, { place: '公告栏' })).toBe(
        'ILLEGAL_MOVE applicationId',
      );
      await office.does(reviewer, 'passReview', id, review);
      const beside = reviewer === city ? county : city;
      expect(await office.refused(beside, 'postPublicity', id, { place: '公告栏' })).toBe('WRONG_LEVEL applicationId');
      await office.does(reviewer, 'postPublicity', id, { place: '公告栏' });
      if (reviewer === city)
        expect(await office.refused(city, 'approveApplication', id)).toBe('ILLEGAL_MOVE applicationId');
      passDays(DAYS[at]! + 1);
      await office.periodEnds(county, id);
      await office.does(reviewer, 'clearPublicity', id);
    }
    expect(await office.refused(county, 'approveApplication', id)).toBe('WRONG_LEVEL applicationId');
    expect(await office.does(city, 'approveApplication', id)).toMatchObject({ state: 'APPROVED' });
  });

  it.each(['COUNTY', 'DISTRICT'])(
    'of a %s waits for the answer to an objection, and is reviewed anew where it is established; who passed the review answers none [IM-3.C3] [IM-3.D2]',
    async (kind) => {
      const office = admission(running);
      const file = byKind(kind)[1]!;
      const staff = staffOf(file, running);
      const [first, next, above] =
        kind === 'COUNTY' ? [staff.committee, staff.street, staff.city] : [staff.street, staff.county, staff.region];
      const { id } = await office.begins(first, file);
      for (const verb of ['submitApplication', 'acceptApplication']) await office.does(first, verb, id);
      await office.does(first, 'passReview', id, { opinion: '属实' });
      await office.does(first, 'postPublicity', id, { place: '公告栏' });
      const [posted] = (await office.whole(next, id)).publicities;
      const filed = (await office.file(first, posted!.id, '该户另有住房')).data.fileObjection;
      passDays(8);
      await office.periodEnds(next, id);
      expect(await office.refused(first, 'clearPublicity', id)).toBe('OBJECTION_OPEN applicationId');
      expect(codeOf(await office.file(next, posted!.id, '再提'))).toEqual(['PUBLICITY_OVER']);
      expect(codeOf(await office.answer(first, filed.id, 'NOT_ESTABLISHED'))).toEqual(['SECOND_PERSON_REQUIRED']);
      expect((await office.answer(next, filed.id, 'ESTABLISHED')).errors).toEqual([]);
      expect(codeOf(await office.answer(next, filed.id, 'NOT_ESTABLISHED'))).toEqual(['ILLEGAL_MOVE']);
      expect(await office.refused(first, 'clearPublicity', id)).toBe('ILLEGAL_MOVE applicationId');
      await office.does(first, 'sendBackApplication', id, { reason: '异议成立' });
      expect(office.seen(id)).toMatchObject({ state: 'IN_REVIEW', round: 1 });
      await office.does(first, 'rejectApplication', id, { reasons: '另有住房' });

      passDays(60);
      await office.does(first, 'appealRefusal', id, { grounds: '该住房已出售' });
      await office.does(above, 'decideAppeal', id, { upheld: true, reasons: '须重新核实' });
      expect(office.seen(id)).toMatchObject({ state: 'IN_REVIEW', round: 1 });
      await office.does(first, 'rejectApplication', id, { reasons: '另有住房' });
      passDays(61);
      expect(await office.refused(first, 'appealRefusal', id, { grounds: '该住房已出售' })).toBe(
        'APPEAL_LATE applicationId',
      );
    },
    60_000,
  );

  it('is withdrawn at the applicant’s word, and told at once all that it lacks; after its end nothing is done with it', async () => {
    const office = admission(running);
    const file = byKind('COUNTY')[3]!;
    const { committee, county } = staffOf(file, running);
    const { id } = await office.begins(committee, file);
    await office.does(committee, 'submitApplication', id);
    expect(await office.refused(committee, 'returnApplication', id, { items: [] })).toBe('INVALID_INPUT items');
    await office.does(committee, 'returnApplication', id, { items: ['缺收入证明', '缺户口簿'] });
    const { steps } = await office.whole(committee, id);
    expect(steps.at(-1)).toMatchObject({ kind: 'RETURN', note: '1. 缺收入证明\n2. 缺户口簿' });
    await office.does(committee, 'submitApplication', id);
    /* Nothing beside its own way ends it. */
    const beside = async (text: string) => {
      const asked = await running.ask(county, `mutation ($case: ID!) { ${text} { id } }`, {
        variables: { case: file.caseId },
      });
      return codeOf(asked);
    };
    expect(await beside('closeCase(caseId: $case)')).toEqual(['ILLEGAL_MOVE']);
    expect(await beside('decide(caseId: $case, report: "x", verdict: APPROVE, reason: "x")')).toEqual(['ILLEGAL_MOVE']);
    await office.does(committee, 'withdrawApplication', id, { reason: '申请人自愿撤回' });
    expect(await office.refused(committee, 'acceptApplication', id)).toBe('ILLEGAL_MOVE applicationId');
  });

  it('is one of a household; of two hundred who race for the same step one takes it, and the others are told that they are late [IM-4.7]', async () => {
    const office = admission(running);
    const file = byKind('COUNTY')[2]!;
    const { committee } = staffOf(file, running);
    const begun = await Promise.all([office.start(committee, file), office.start(committee, file)]);
    expect(begun.flatMap(codeOf)).toEqual(['CASE_ALREADY_OPEN']);
    const { id } = begun.find(({ errors }) => errors.length === 0)!.data.startApplication;
    const version = 0;
    const raced = await Promise.all(
      Array.from({ length: CLIENTS }, () => office.act(committee, 'submitApplication', id, { version })),
    );
    expect(raced.flatMap(codeOf)).toEqual(Array(CLIENTS - 1).fill('STALE_VERSION'));
    expect((await office.whole(committee, id)).steps).toHaveLength(1);
  });
});

const ENTRY = `id programme enteredOn state refusals batch version rank overLimit
  factors { factor known value points } steps { kind toState note } exceptions { fromRank toRank documentNumber reason decidedBy }`;
interface Entry {
  readonly id: string;
  readonly enteredOn: string;
  readonly state: string;
  readonly version: number;
  readonly rank: number | null;
  readonly overLimit: boolean;
  readonly factors:
    | readonly { readonly factor: string; readonly known: boolean; readonly value: number | null }[]
    | null;
  readonly steps: readonly { readonly kind: string }[];
  readonly exceptions: readonly object[];
}

describe('a household that was approved', () => {
  it('waits from the day of its approval with what its report saw, in the order of the night, is moved by decision alone, which supervisors see, and leaves when the approval is revoked', async () => {
    const office = admission(running);
    const rest = byKind('COUNTY').slice(4, -5); // the first and the last belong to other tests
    const together = (one: File) => rest.filter(({ region }) => region === one.region);
    const files = together(rest.find((one) => together(one).length > 1)!).slice(0, 2);
    const night = () => recomputeQueues.run({}, running.hub, new AbortController().signal);
    const entryOf = async (who: Who, { householdId }: File): Promise<Entry> => {
      const text = `query ($id: ID!) { household(id: $id) { waiting { ${ENTRY} } } }`;
      const { data } = await running.ask<{ household: { waiting: Entry[] } }>(who, text, {
        variables: { id: householdId },
      });
      expect(data.household.waiting).toHaveLength(1);
      return data.household.waiting[0]!;
    };
    const act = async (who: Who, verb: string, type: string, input: object) => {
      const text = `mutation ($input: ${type}!) { ${verb}(input: $input) { id } }`;
      const { errors } = await running.ask(who, text, { variables: { input } });
      return errors.map(({ extensions: { code, field } }) => `${code} ${field}`).join();
    };
    const listed = async (who: Who, query: string) =>
      (await running.ask<Record<string, { nodes: Record<string, unknown>[] }>>(who, `{ ${query} }`)).data;

    const approvals: { readonly id: string; readonly day: string; readonly file: File }[] = [];
    for (const file of files) {
      ahead = 0;
      const { id } = await office.approve(file, passDays);
      approvals.push({ id, day: beijingDay(running.hub.now()), file });
    }
    const { file, day } = approvals[0]!;
    const { county, city, street } = staffOf(file, running);
    const before = await entryOf(county, file);
    expect(before).toMatchObject({ enteredOn: day, state: 'ACTIVE', rank: null, overLimit: false, factors: [] });
    await night();
    const placed = await entryOf(county, file);
    expect(placed.rank).toBeGreaterThan(0);
    expect(placed.factors!.map(({ factor, known }) => `${factor} ${known}`)).toEqual([
      ...['HOUSING true', expect.stringMatching(/^INCOME /), 'TIME true', 'CHOICE false'],
    ]);
    const area = (
      await running.base.owner.query(
        `select (f ->> 'observed')::bigint as area from report r join application a on a.household_id = r.household_id,
         jsonb_array_elements(r.body::jsonb -> 'findings') f where a.id = $1 and f ->> 'rule' = 'RR-07' order by r.at desc limit 1`,
        [approvals[0]!.id],
      )
    ).rows[0] as { area: string };
    expect(placed.factors![0]!.value).toBe(Number(area.area));
    expect((await entryOf({ ...street!, role: 'AUDITOR' }, file)).rank).toBe(placed.rank);

    const refused = await act(county, 'moveInQueue', 'MoveInQueueInput', {
      ...{
        entryId: placed.id,
        version: placed.version,
        toRank: placed.rank! + 5,
        reason: '重病',
        documentNumber: '决1号',
      },
    });
    expect(refused).toBe('INVALID_INPUT toRank');
    const toRank = placed.rank === 1 ? 2 : 1;
    const move = { entryId: placed.id, version: placed.version, toRank, reason: '重病', documentNumber: '决1号' };
    expect(await act(county, 'moveInQueue', 'MoveInQueueInput', move)).toBe('');
    await night();
    const moved = await entryOf(county, file);
    expect([moved.rank, moved.exceptions.length]).toEqual([toRank, 1]);
    const { waitingExceptions } = await listed(
      city,
      `waitingExceptions(region: "${file.region}") { nodes { entryId documentNumber reason } }`,
    );
    expect(waitingExceptions!.nodes).toEqual([{ entryId: placed.id, documentNumber: '决1号', reason: '重病' }]);
    const { version } = await entryOf(county, file);
    const invite = { entryId: placed.id, version, batch: '第一批' };
    expect(await act(city, 'inviteFromQueue', 'InviteFromQueueInput', invite)).toBe('WRONG_LEVEL entryId');
    expect(await act(county, 'inviteFromQueue', 'InviteFromQueueInput', invite)).toBe('');
    expect(await act(county, 'inviteFromQueue', 'InviteFromQueueInput', invite)).toBe('STALE_VERSION version');
    const decline = { entryId: placed.id, version: version + 1, reason: '' };
    expect(await act(county, 'declineInvitation', 'DeclineInvitationInput', decline)).toBe('INVALID_INPUT reason');
    expect(await act(county, 'declineInvitation', 'DeclineInvitationInput', { ...decline, reason: '太远' })).toBe('');
    expect(await entryOf(county, file)).toMatchObject({ state: 'ACTIVE', refusals: 1, enteredOn: day });

    const list = (more: string) =>
      listed(county, `waitingList(region: "${file.region}"${more}) { nodes { id overLimit } }`);
    expect((await list(', overLimit: true'))['waitingList']!.nodes).toEqual([]);
    ahead += 5 * 366 * DAY_MS;
    expect((await list(', overLimit: true'))['waitingList']!.nodes).toContainEqual({ id: placed.id, overLimit: true });
    expect((await list(', overLimit: false'))['waitingList']!.nodes).toEqual([]);
    expect(
      (await listed(city, `waitingDifferences(region: "${file.region}") { nodes { id } }`))['waitingDifferences']!
        .nodes,
    ).toEqual([]);

    await office.does(county, 'revokeApproval', approvals[0]!.id, { reasons: '隐瞒住房', documentNumber: '撤1号' });
    expect(await entryOf(county, file)).toMatchObject({ state: 'REMOVED', overLimit: false });
  });

  it('is not listed in a region that there is none of', async () => {
    const { errors } = await running.ask(
      { role: 'CITY_HOUSING', region: '1504' },
      '{ waitingList(region: "999999") { nodes { id } } }',
    );
    expect(errors.map(({ extensions: { code, field } }) => `${code} ${field}`)).toEqual(['UNKNOWN_REGION region']);
  });
});

const NOTICE = 'id kind state version late suspectedGround dueOn toldOn paperBy body steps { kind }';
interface Told {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly version: number;
  readonly suspectedGround: string | null;
  readonly body: string;
}

describe('whoever gets a result', () => {
  /* Two cases: a result of the approval, and one of the yearly re-check. */
  it.each(['REFUSED', 'YEARLY_REVIEW_DECIDED'])(
    'is told of it (%s) in time; where nobody does, a suspected ground is raised after the last day and stays whatever is done later [GX-10.4.3-3]',
    async (kind) => {
      const office = admission(running);
      const [one, other] = byKind('COUNTY').slice(-4, -2) as [File, File];
      const file = kind === 'REFUSED' ? one : other;
      const { committee, city } = staffOf(file, running);
      const send = () => sendNotices.run({}, running.hub, new AbortController().signal);
      const late = async (who: Who): Promise<Told[]> => {
        const text = `{ overdueNotices(region: "${file.region}", first: 200) { nodes { ${NOTICE} household { id } } } }`;
        const { data } = await running.ask<{ overdueNotices: { nodes: (Told & { household: { id: string } })[] } }>(
          who,
          text,
        );
        return data.overdueNotices.nodes.filter((each) => each.household.id === file.householdId);
      };
      const told = async (): Promise<Told[]> => {
        const text = `query ($id: ID!) { household(id: $id) { notices { ${NOTICE} } } }`;
        const { data } = await running.ask<{ household: { notices: Told[] } }>(committee, text, {
          variables: { id: file.householdId },
        });
        return data.household.notices;
      };
      if (kind === 'REFUSED') {
        const { id } = await office.begins(committee, file);
        for (const verb of ['submitApplication', 'acceptApplication']) await office.does(committee, verb, id);
        await office.does(committee, 'rejectApplication', id, { reasons: '人均住房面积超过限额' });
      } else {
        const decided = { amountFen: 1, incomeFen: 1, report: 'x', decided: true } as const;
        await plantReview(running, file, { state: 'DECIDED', text: '人均住房面积超过限额', ...decided });
        await running.base.owner.query(
          `update notice set result_on = current_date, due_on = (select day from add_working_days(region_code, current_date, 5)) where household_id = $1`,
          [file.householdId],
        );
      }
      const [due] = await told();
      expect(due).toMatchObject({ kind, state: 'DUE', late: false, suspectedGround: null });
      expect(due!.body).toContain('人均住房面积超过限额');
      expect(await late(city)).toEqual([]);
      passDays(20); // whatever holidays there are
      const before = await late(city);
      expect(before.map((each) => [each.kind, each.suspectedGround])).toContainEqual([kind, 'GX-10.4.3-3']);
      await send();
      const after = await late(city);
      expect(after).toEqual(before.map((each) => ({ ...each, ...SENT, version: 1, toldOn: expect.anything() })));
      const input = { noticeId: due!.id, version: 1, documentNumber: '回证-9' };
      const text = 'mutation ($input: MarkNoticeReadInput!) { markNoticeRead(input: $input) { state late } }';
      const { data } = await running.ask(committee, text, { variables: { input } });
      expect(data).toEqual({ markNoticeRead: { state: 'READ', late: true } });
      ahead = 0;
    },
  );

  it('is told in time by the job, and then no ground is raised however long one waits [GX-10.4.3-3]', async () => {
    const office = admission(running);
    const file = byKind('COUNTY').at(-5)!;
    const { committee, city } = staffOf(file, running);
    const { id } = await office.begins(committee, file);
    await office.does(committee, 'submitApplication', id);
    await office.does(committee, 'returnApplication', id, { items: ['缺户口簿'] });
    await sendNotices.run({}, running.hub, new AbortController().signal);
    passDays(400);
    const text = `{ notices(region: "${file.region}", kind: RETURNED, first: 200) { nodes { ${NOTICE} household { id } } } }`;
    const asked = await running.ask<{ notices: { nodes: (Told & { household: { id: string } })[] } }>(city, text);
    const own = asked.data.notices.nodes.filter((each) => each.household.id === file.householdId);
    expect(own).toMatchObject([{ kind: 'RETURNED', state: 'SENT', late: false, suspectedGround: null }]);
    expect(own[0]!.body).toContain('1. 缺户口簿');
  });
});

const SENT = { state: 'SENT', steps: [{ kind: 'SENDING' }] };
