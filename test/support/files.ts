import { personNumber } from '../../src/access/seal';
import type { RunningHub, Who } from './running-hub';

/** A household's file as the population left it: an open application and a letter to all agencies. */
export interface File {
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string;
  /** Its county. */
  readonly region: string;
  readonly members: readonly FileMember[];
}

export interface FileMember {
  readonly id: string;
  readonly name: string;
  readonly birthDate: string;
  readonly idNumber: string;
}

export const SOURCES = ['property', 'vehicle', 'civil-affairs', 'provident-fund', 'police'] as const;
export type Source = (typeof SOURCES)[number];

/* Honest low-rent applicants: the rules about agencies all apply to them. */
const FILES = `
  select h.id as "householdId", c.id as "caseId", l.id as "letterId", h.region_code as region
  from household h join housing_case c on c.household_id = h.id and c.closed_on is null and c.kind = 'APPLICATION' and c.programme = 'LOW_RENT'
  join letter l on l.case_id = c.id and l.ended_on is null
  where h.id = any($1) and h.closed_on is null
  order by (select count(*) from household_member m where m.household_id = h.id and m.to_date is null) desc, h.id`;

const MEMBERS = `
  select p.id, p.name, p.birth_date::text as "birthDate", p.id_number as sealed from letter_member m join person p on p.id = m.person_id
  where m.letter_id = $1 order by p.birth_date`;

/** Files of households in which nothing was planted, the largest first. */
export async function honestFiles({ base, world, hub }: RunningHub): Promise<File[]> {
  const honest = await world.owner.query<{ id: string }>(
    `select household_id as id from world.truth where plant = 'CLEAN'`,
  );
  const { rows } = await base.owner.query<Omit<File, 'members'>>(FILES, [honest.rows.map(({ id }) => id)]);
  const files: File[] = [];
  for (const row of rows) {
    const { rows: members } = await base.owner.query<Omit<FileMember, 'idNumber'> & { sealed: Buffer }>(MEMBERS, [
      row.letterId,
    ]);
    const opened = members.map(({ sealed, ...rest }) => ({
      ...rest,
      idNumber: hub.seal.open(sealed, personNumber(rest.id)),
    }));
    files.push({ ...row, members: opened });
  }
  return files;
}

/** The county office of a file. */
export const officerOf = ({ region }: File): NonNullable<Who> => ({ role: 'COUNTY_HOUSING', region, sub: 'officer' });

/** A county of the other province than a file's: whoever sits there has nothing to do with it. */
export const elsewhereOf = ({ region }: Pick<File, 'region'>): string =>
  region.startsWith('15') ? '451222' : '150402';

/** A live purpose token of somebody for the letter of a file. */
export async function purposeOf(
  running: RunningHub,
  who: Who,
  { caseId, letterId }: Pick<File, 'caseId' | 'letterId'>,
): Promise<string> {
  const query = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
  const { data } = await running.ask<{ mintPurposeToken: string }>(who, query, { variables: { caseId, letterId } });
  return data.mintPurposeToken;
}

/** How often each agency was called since the counts were reset. */
export const callsOf = ({ sandbox }: RunningHub): Record<Source, number> =>
  Object.fromEntries(SOURCES.map((source) => [source, sandbox.control.state(source).counts.calls])) as Record<
    Source,
    number
  >;

/** The hub forgets what agencies told it, so that it has to ask again. */
export const forgetAnswers = async ({ base }: RunningHub): Promise<void> =>
  void (await base.owner.query('truncate answer, deferred_query'));
