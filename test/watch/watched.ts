import { randomUUID } from 'node:crypto';
import { beijingDay } from '../../src/access/day';
import { ageOn } from '../../src/access/identity';
import { compareWatched } from '../../src/jobs/compare-watched';
import { watchChanges } from '../../src/jobs/watch-changes';
import { honestFiles, officerOf, type File } from '../support/files';
import { openRunningHub, type Asked, type RunningHub, type Who } from '../support/running-hub';

export const TODAY = beijingDay(new Date());
const DAY_MS = 86_400_000;
export const daysOff = (days: number): string => beijingDay(new Date(Date.now() + days * DAY_MS));
/** Since when the households of these tests are secured. */
export const SECURED = `${Number(TODAY.slice(0, 4)) - 2}-03-01`;
export const WATCHED_SOURCES = ['property', 'vehicle', 'civil-affairs', 'police'] as const;

/** A household with a re-check case, and a letter to watch it. */
export interface Watched extends File {
  readonly reCheck: string;
  readonly watchLetter: string;
}

export interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly source: string;
  readonly item: string | null;
  readonly datedOn: string | null;
  readonly seenOn: string;
  readonly personId: string;
  readonly letterId: string;
  readonly state: string;
  readonly replyBy: string | null;
  readonly household: { readonly id: string };
}

export const CHANGES = `query ($region: String!, $state: ChangeState) { changes(region: $region, state: $state, first: 200) {
  nodes { id kind source item datedOn seenOn personId letterId state replyBy household { id } } } }`;

/** A hub whose honest low-rent households are secured, and nobody has come by anything since but who does in the test. */
export async function openWatchedHub(households: number): Promise<{ running: RunningHub; files: File[] }> {
  const running = await openRunningHub(households);
  for (const source of ['civil-affairs', 'police']) await running.sandbox.control.set(source, { readyAfterMs: 0 });
  const files = (await honestFiles(running)).filter(({ members }) => members.length > 1);
  await running.world.owner.query(`update property.unit set registered_on = '2010-01-01'`);
  await running.world.owner.query(`update vehicle.vehicle set first_registered_on = '2010-01-01'`);
  await running.base.owner.query('truncate entitlement cascade');
  await running.base.owner.query(
    `insert into entitlement (id, region_code, household_id, programme, since)
     select gen_random_uuid(), region_code, id, 'LOW_RENT', $2 from household where id = any ($1)`,
    [files.map(({ householdId }) => householdId), SECURED],
  );
  await everyDays(running, 1);
  return { running, files };
}

/** From now on the counties look again after so many days. */
export const everyDays = async ({ base }: RunningHub, days: number) =>
  void (await base.owner.query(
    `insert into parameter (id, code, region_code, value, unit, document_number, mark, valid_from, known_from)
     select gen_random_uuid(), 'watch.interval-days', region, $1, 'day', '部署约定', 'UNVERIFIED', '2014-01-01', now() from unnest(array['15','45']) as region`,
    [days],
  ));

/** While no document says how often: a parameter is never edited, so its guards look away. */
export async function withoutInterval({ base }: RunningHub, work: () => Promise<void>): Promise<void> {
  const set = async (until: string | null) => {
    await base.owner.query('alter table parameter disable trigger user');
    await base.owner.query(`update parameter set valid_to = $1 where code = 'watch.interval-days'`, [until]);
    await base.owner.query('alter table parameter enable trigger user');
  };
  await set('2020-01-01');
  await work().finally(() => set(null));
}

export async function watch(
  running: RunningHub,
  file: File,
  sources: readonly string[] = WATCHED_SOURCES,
): Promise<Watched> {
  const [eldest] = file.members;
  const opened = await running.ask<{ openCase: { id: string } }>(
    officerOf(file),
    'mutation ($input: OpenCaseInput!) { openCase(input: $input) { id } }',
    {
      variables: {
        input: {
          householdId: file.householdId,
          kind: 'RE_CHECK',
          programme: 'LOW_RENT',
          applicantId: await applicantOf(running, file),
        },
      },
    },
  );
  if (opened.errors.length > 0) throw new Error(opened.text);
  const reCheck = opened.data.openCase.id;
  return { ...file, reCheck, watchLetter: await sign(running, file, reCheck, 'CHANGE_WATCH', sources, eldest!.id) };
}

const applicantOf = async ({ base }: RunningHub, { householdId }: File): Promise<string> =>
  (
    await base.owner.query<{ id: string }>(
      `select person_id as id from household_member where household_id = $1 and relation = 'APPLICANT' and to_date is null`,
      [householdId],
    )
  ).rows[0]!.id;

/** Every member signs, a child by the eldest. Returns the letter. */
export async function sign(
  running: RunningHub,
  file: File,
  caseId: string,
  purpose: string,
  sources: readonly string[],
  guardian = file.members[0]!.id,
): Promise<string> {
  const members = file.members.map(({ id, birthDate }) =>
    ageOn(birthDate, TODAY) >= 18
      ? { personId: id, signature: 'SELF' }
      : { personId: id, signature: 'GUARDIAN', signedBy: guardian },
  );
  const input = {
    caseId,
    purpose,
    sources,
    members,
    noticeVersion: '2026-01',
    signedOn: TODAY,
    validUntil: '2099-12-31',
  };
  const { data, errors, text } = await running.ask<{ registerLetter: { id: string } }>(
    officerOf(file),
    'mutation ($input: RegisterLetterInput!) { registerLetter(input: $input) { id } }',
    { variables: { input } },
  );
  if (errors.length > 0) throw new Error(text);
  return data.registerLetter.id;
}

/** The night so many days on; agencies that were silent may be asked again. */
export async function night({ hub, base }: RunningHub, days: number): Promise<void> {
  await base.owner.query(`update answer set retry_at = null where purpose = 'CHANGE_WATCH'`);
  const on = { ...hub, now: () => new Date(Date.now() + days * DAY_MS) };
  await watchChanges.run({}, on, new AbortController().signal);
  await compareWatched.run({}, on, new AbortController().signal);
}

/** What is shown of a household to its county, under the letter that it is watched by. */
export async function changesOf(running: RunningHub, file: Watched, who: Who = officerOf(file)): Promise<Shown[]> {
  const mint = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
  const letter = { caseId: file.reCheck, letterId: file.watchLetter };
  const { data: minted } = await running.ask<{ mintPurposeToken: string }>(who, mint, { variables: letter });
  const { data } = await running.ask<{ changes: { nodes: Shown[] } }>(who, CHANGES, {
    variables: { region: file.region },
    purpose: minted.mintPurposeToken,
  });
  return data.changes.nodes.filter(({ household }) => household.id === file.householdId);
}

export const watchOf = async (running: RunningHub, region: string): Promise<Record<string, number | null>> => {
  const text = `query ($region: String!) { changeWatch(region: $region) { intervalDays households watched lookedSince notAnswered paused withoutInterval open } }`;
  const { data } = await running.ask<{ changeWatch: Record<string, number | null> }>(
    { role: 'COUNTY_HOUSING', region, sub: 'officer' },
    text,
    { variables: { region } },
  );
  return data.changeWatch;
};

export const refusalOf = ({ errors }: Asked<unknown>) =>
  errors.map(({ extensions: { code, field } }) => `${code} ${field}`);

let units = 0;
/** A unit code of GB/T 37346 that nobody else has. */
export const freshUnit = (region: string): string => `${region}001999GB${String(10000 + ++units)}F00010001`;

export const buyHome = ({ world }: RunningHub, { members }: File, unit: string, on: string, member = 0) =>
  world.owner.query(`insert into property.unit values ($1, $2, $3, $4, 61.27, 'GROSS', 'OWNERSHIP', 10000, $5)`, [
    ...[members[member]!.idNumber, members[member]!.name, unit, unit.slice(0, 6), on],
  ]);
export const buyCar = ({ world }: RunningHub, { members }: File, plate: string, on: string, member = 0) =>
  world.owner.query(`insert into vehicle.vehicle values ($1, $2, $3, '02', $4, '试', $5, 'NORMAL', 4000000)`, [
    ...[members[member]!.idNumber, members[member]!.name, plate, `LVIN${randomUUID().slice(0, 13).toUpperCase()}`, on],
  ]);
