import { randomUUID } from 'node:crypto';
import { sameIdentity } from '../../../src/engine/identity';
import { sql } from '../../../src/engine/sql';
import { importHouseholds } from '../../../src/commands/import-households';
import type { Hub, RequestContext } from '../../../src/context';
import { freshNumber } from '../../commands/support/office';
import { officerOf, type File } from '../../support/files';
import type { RunningHub } from '../../support/running-hub';

/** Work that goes on while keys change: reads of numbers, imports of the same people through two hubs at once, comparisons. */
export interface Traffic {
  /** Rounds done so far, of each kind. */
  readonly rounds: { reads: number; imports: number; comparisons: number };
  /** What went wrong, in words; empty is what is hoped for. */
  readonly troubles: string[];
  /** Numbers that were imported, each by two counties. */
  readonly imported: string[];
  /** Resolves after each kind of work has been done once more than now. */
  anotherRound(): Promise<void>;
  stop(): Promise<void>;
}

const READ = 'query ($id: ID!) { person(id: $id) { idNumber } }';
const HEADING = 'fileNumber,registeredOn,relation,name,idNumber';
const COUNTIES = ['150402', '150426'];

/* Every married applicant whose declared spouse is the registered one, as RR-16 compares them. */
const SPOUSES = `
  select count(*)::int as spouses from civil_affairs_answer a
  join household_member m on m.household_id = a.household_id and m.relation = 'SPOUSE' and m.to_date is null
  join person other on other.id = m.person_id
  where a.marriage_status = 'MARRIED' and ${sameIdentity(sql`other`, sql`spouse`).text}`;

export const countSpouses = async ({ db }: Hub): Promise<number> =>
  (await db.engine.query<{ spouses: number }>(SPOUSES)).rows[0]!.spouses;

export async function startTraffic(running: RunningHub, second: Hub, files: readonly File[]): Promise<Traffic> {
  const rounds = { reads: 0, imports: 0, comparisons: 0 };
  const troubles: string[] = [];
  const imported: string[] = [];
  let going = true;
  const expectedSpouses = await countSpouses(second);
  if (expectedSpouses === 0) troubles.push('there is no spouse to compare');

  const read = async () => {
    const file = files[rounds.reads % files.length]!;
    for (const { id, idNumber } of file.members) {
      const { data, errors } = await running.ask<{ person: { idNumber: string } }>(officerOf(file), READ, {
        variables: { id },
      });
      if (errors.length > 0) troubles.push(`a read failed: ${errors[0]!.extensions.code}`);
      else if (data.person.idNumber !== idNumber && !data.person.idNumber.includes('*'))
        troubles.push('a wrong number');
    }
    rounds.reads += 1;
  };
  /** New people and people known already, in two counties, through two hubs, at the same moment. */
  const bringIn = async () => {
    const fresh = [1, 2, 3].map(() => freshNumber('1979-04-05'));
    const known = imported.slice(-2); // both counties have a file of them already
    const numbers = [...fresh, ...known];
    imported.push(...fresh);
    const file = randomUUID().slice(0, 12); // behind a letter: with the county's digits it might make an old citizen number
    const sheetOf = (county: string) =>
      [HEADING, ...numbers.map((number, at) => `${county}-档${file}-${at},2024-01-01,APPLICANT,乌云,${number}`)].join(
        '\n',
      );
    const taken = [running.hub, second].map((hub, at) =>
      importHouseholds(contextOf(hub, COUNTIES[at]!), { region: COUNTIES[at]!, csv: sheetOf(COUNTIES[at]!) }),
    );
    for (const outcome of await Promise.allSettled(taken)) {
      if (outcome.status === 'rejected') troubles.push(`an import failed: ${outcome.reason}`);
      else if (outcome.value.created !== fresh.length || outcome.value.problems.length !== known.length)
        troubles.push(`an import created ${outcome.value.created}: ${JSON.stringify(outcome.value.problems)}`);
    }
    rounds.imports += 1;
  };
  const compare = async () => {
    const found = await countSpouses(second);
    if (found !== expectedSpouses) troubles.push(`${found} spouses were found instead of ${expectedSpouses}`);
    rounds.comparisons += 1;
  };
  const repeat = async (work: () => Promise<void>) => {
    while (going) await work().catch((error: Error) => troubles.push(`${error.name}: ${error.message}`));
  };
  const loops = [read, bringIn, compare].map(repeat);
  return {
    ...{ rounds, troubles, imported },
    async anotherRound() {
      const before = { ...rounds };
      const behind = () =>
        Object.entries(before).some(([kind, done]) => rounds[kind as keyof typeof rounds] <= done + 1);
      while (behind() && troubles.length === 0) await new Promise((resolve) => setImmediate(resolve));
    },
    async stop() {
      going = false;
      await Promise.all(loops);
    },
  };
}

export const contextOf = (hub: Hub, office: string): RequestContext => ({
  hub,
  viewer: { subject: 'officer', role: 'COUNTY_HOUSING', office, regions: hub.regions.scopeOf(office) },
  purpose: null,
  requestId: randomUUID(),
  loaders: new Map(),
});
