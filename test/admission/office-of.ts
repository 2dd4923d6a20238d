import { randomUUID } from 'node:crypto';
import { endPublicities } from '../../src/jobs/end-publicities';
import { checked } from '../support/checks';
import type { File } from '../support/files';
import type { Asked, RunningHub, Who } from '../support/running-hub';

export interface Shown {
  readonly id: string;
  readonly flow: string;
  readonly state: string;
  readonly round: number;
  readonly version: number;
  readonly receipt: string | null;
  readonly reviewBy: string | null;
  readonly submittedOn: string | null;
}
export interface ShownWhole extends Shown {
  readonly steps: readonly {
    readonly kind: string;
    readonly round: number;
    readonly takenBy: string;
    readonly role: string;
    readonly note: string | null;
  }[];
  readonly publicities: readonly {
    readonly id: string;
    readonly round: number;
    readonly state: string;
    readonly snapshot: string;
    readonly postedOn: string;
    readonly lastDay: string;
    readonly objections: readonly {
      readonly id: string;
      readonly state: string;
      readonly statement: string | null;
      readonly answer: string | null;
    }[];
  }[];
}

const FIELDS = 'id flow state round version receipt reviewBy submittedOn';
const WHOLE = `${FIELDS} steps { kind round takenBy role note }
  publicities { id round state snapshot postedOn lastDay objections { id state statement answer } }`;

/** Who works on a file, by the level they stand on. */
export const staffOf = ({ region }: Pick<File, 'region'>, running: RunningHub) => {
  const city = running.hub.regions.find(region)!.parentCode!;
  const at = (role: NonNullable<Who>['role'], office = region) =>
    ({ role, region: office, sub: `${role.toLowerCase()} of ${office}` }) as NonNullable<Who>;
  return {
    committee: at('COMMUNITY_WORKER'),
    street: at('STREET_OFFICER'),
    county: at('COUNTY_HOUSING'),
    city: at('CITY_HOUSING', city),
    region: at('REGION_HOUSING', city.slice(0, 2)),
    civil: at('CIVIL_AFFAIRS'),
  };
};

/** The verbs of admission over HTTP; an act names the version that was seen last. */
export function admission(running: RunningHub) {
  const seen = new Map<string, Shown>();
  const remember = (shown: Shown): Shown => (seen.set(shown.id, shown), shown);
  const start = async (who: Who, { caseId }: Pick<File, 'caseId'>): Promise<Asked<{ startApplication: Shown }>> => {
    const text = `mutation ($caseId: ID!) { startApplication(caseId: $caseId) { ${FIELDS} } }`;
    const asked = await running.ask<{ startApplication: Shown }>(who, text, { variables: { caseId } });
    if (asked.errors.length === 0) remember(asked.data.startApplication);
    return asked;
  };
  /** The same, which must succeed. */
  const begins = async (who: Who, file: Pick<File, 'caseId'>): Promise<Shown> => {
    const { errors, data } = await start(who, file);
    expect({ verb: 'startApplication', errors }).toEqual({ verb: 'startApplication', errors: [] });
    return data.startApplication;
  };
  const act = async (who: Who, verb: string, id: string, more: object = {}): Promise<Asked<Record<string, Shown>>> => {
    const plain = ['submitApplication', 'acceptApplication', 'clearPublicity', 'approveApplication'].includes(verb);
    const type = plain ? 'OnApplicationInput' : `${verb[0]!.toUpperCase()}${verb.slice(1)}Input`;
    const input = { applicationId: id, version: seen.get(id)!.version, ...more };
    const text = `mutation ($input: ${type}!) { ${verb}(input: $input) { ${FIELDS} } }`;
    const asked = await running.ask<Record<string, Shown>>(who, text, { variables: { input } });
    if (asked.errors.length === 0) remember(asked.data[verb]!);
    return asked;
  };
  return {
    start,
    begins,
    act,
    seen: (id: string): Shown => seen.get(id)!,
    /** The same, which must succeed. */
    async does(who: Who, verb: string, id: string, more: object = {}): Promise<Shown> {
      const { errors, data } = await act(who, verb, id, more);
      expect({ verb, errors }).toEqual({ verb, errors: [] });
      return data[verb]!;
    },
    /** What refuses it, as 'CODE field'; nothing has changed. */
    async refused(who: Who, verb: string, id: string, more: object = {}): Promise<string> {
      const before = await this.whole(who, id);
      const { errors } = await act(who, verb, id, more);
      expect(await this.whole(who, id)).toEqual(before);
      return errors.map(({ extensions: { code, field } }) => `${code} ${field}`).join();
    },
    async whole(who: Who, id: string): Promise<ShownWhole> {
      const { data } = await running.ask<{ application: ShownWhole }>(
        who,
        `query ($id: ID!) { application(id: $id) { ${WHOLE} } }`,
        { variables: { id } },
      );
      return data.application;
    },
    /** The period passes, by the hub's own job. */
    async periodEnds(who: Who, id: string): Promise<void> {
      await endPublicities.run({}, running.hub, new AbortController().signal);
      remember(await this.whole(who, id));
    },
    file: (who: Who, publicityId: string, statement: string) =>
      running.ask<{ fileObjection: { id: string; state: string } }>(
        who,
        'mutation ($input: FileObjectionInput!) { fileObjection(input: $input) { id state } }',
        { variables: { input: { publicityId, statement } } },
      ),
    answer: (who: Who, objectionId: string, found: string) =>
      running.ask<{ answerObjection: { id: string; state: string } }>(
        who,
        'mutation ($input: AnswerObjectionInput!) { answerObjection(input: $input) { id state } }',
        { variables: { input: { objectionId, found, answer: '已入户核实' } } },
      ),
    /** Hash of a fresh report on the file. */
    report: async (who: Who, { householdId }: File): Promise<string> =>
      (await checked(running, who, householdId)).report.hash,
    /** The whole way of the county flow; `pass` lets a period pass. */
    async approve(file: File, pass: (days: number) => void): Promise<Shown> {
      const { committee, street, county, civil } = staffOf(file, running);
      const { id } = await begins(committee, file);
      for (const verb of ['submitApplication', 'acceptApplication']) await this.does(committee, verb, id);
      for (const reviewer of [committee, street, county]) {
        const last = reviewer === county;
        if (last) {
          await this.does(civil, 'giveOpinion', id, this.opinion('CIVIL_AFFAIRS'));
          await this.does(county, 'giveOpinion', id, this.opinion('PUBLIC_SECURITY'));
        }
        const review = { opinion: '情况属实', ...(last ? { report: await this.report(county, file) } : {}) };
        await this.does(reviewer, 'passReview', id, review);
        await this.does(reviewer, 'postPublicity', id, { place: '公告栏' });
        pass(last ? 16 : 8);
        await this.periodEnds(county, id);
        await this.does(reviewer, 'clearPublicity', id);
      }
      return this.does(county, 'approveApplication', id);
    },
    opinion: (agency: string) => ({ agency, opinion: 'AGREES', documentNumber: `意见-${randomUUID().slice(0, 8)}` }),
  };
}
