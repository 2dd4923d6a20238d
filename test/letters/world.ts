import { beijingDay } from '../../src/access/day';
import type { Session } from '../../src/access/session';
import type { RequestContext } from '../../src/context';
import { makeExchange, type Exchange } from '../../src/exchange';
import type { Ask } from '../../src/exchange/contract';
import { SourceTrouble } from '../../src/exchange/trouble';
import { makeLog } from '../../src/log';
import { inScope, sendInScope } from '../../src/store/database';
import { HONGSHAN, NOW, openOffice, type Kin, type Office } from '../commands/support/office';
import { FAKE_FIELDS, fakeAgency, found } from '../exchange/support/agency';
import { Model } from './model';

export const SOURCES = ['property', 'vehicle', 'civil-affairs', 'provident-fund'];
export const PURPOSE = 'ADMISSION_REVIEW';
const FAMILY: Kin[] = [
  { name: '甲', birth: '1980-05-02', relation: 'APPLICANT' },
  { name: '乙', birth: '1982-05-02', relation: 'SPOUSE' },
  { name: '丙', birth: '2015-09-01', relation: 'CHILD' },
];
/** Numbers of one birthday run out: each run has birthdays of its own, and everybody keeps the year. */
const inRun = (kin: readonly Kin[], run: number): Kin[] => {
  const two = (n: number) => String(n).padStart(2, '0');
  return kin.map((one) => ({
    ...one,
    birth: `${one.birth.slice(0, 4)}-${two(1 + (Math.floor(run / 28) % 9))}-${two(1 + (run % 28))}`,
  }));
};
const OUTSIDERS: Kin[] = [
  { name: '丁', birth: '1950-01-01', relation: 'PARENT' },
  { name: '戊', birth: '2020-01-01', relation: 'CHILD' },
];

/** The hub's own verbs and exchange over a real database, four agencies that are spied on, and beside them the model. */
export class World {
  /** Calls about somebody whom the model does not find covered in that instant. */
  readonly uncovered: string[] = [];
  asked = 0;
  now = NOW;
  /** Happens while the next call is out, which then fails and is tried again. */
  meanwhile: (() => Promise<void>) | undefined;
  model!: Model;
  private runs = 0;
  private readonly personBy = new Map<string, string>();
  private exchange!: Exchange;

  private constructor(readonly office: Office) {}

  static async open(): Promise<World> {
    const world = new World(await openOffice());
    const named = SOURCES.flatMap((source) => FAKE_FIELDS.map((field) => `${source}.${field}`));
    await world.office.rows('update purpose set fields = fields || $1', [named]);
    const { db, seal } = world.office.hub;
    world.exchange = makeExchange({
      ...{ connectors: SOURCES.map((source) => world.spied(source)), seal, now: () => world.now },
      scoped: (regions, work, first) => inScope(db.app, regions, work, first),
      send: (regions, queries) => sendInScope(db.app, regions, queries),
      log: makeLog('silent'),
      patience: { retries: 1, tripAfter: 1_000_000, askAgainIn: 0 },
    });
    return world;
  }

  get ctx(): RequestContext {
    const ctx = this.office.as();
    return { ...ctx, hub: { ...ctx.hub, now: () => this.now } };
  }

  async close(): Promise<void> {
    await this.exchange.close();
    await this.office.close();
  }

  /** Two new households and two outsiders. */
  async begin(): Promise<void> {
    this.now = NOW;
    this.meanwhile = undefined;
    const [family, outsiders] = [inRun(FAMILY, this.runs), inRun(OUTSIDERS, this.runs++)];
    const homes = [await this.office.home(HONGSHAN, family), await this.office.home(HONGSHAN, family)];
    const outside = await this.office.home(HONGSHAN, outsiders);
    const all = [
      ...homes.flatMap(({ people }) => people.map((one, at) => ({ ...one, adult: at < 2 }))),
      ...outside.people.map((one, at) => ({ ...one, adult: at === 0 })),
    ];
    for (const { id, idNumber } of all) this.personBy.set(idNumber, id);
    this.model = new Model(
      homes.map(({ id, people }) => ({ id, members: new Set(people.map((one) => one.id)), caseId: null })),
      new Map(all.map(({ id, adult }) => [id, { id, adult }])),
      beijingDay(NOW),
    );
  }

  async ask(source: string, fields: readonly string[], asks: readonly Ask[]): Promise<void> {
    const { viewer } = this.office.as();
    const session: Session = { viewer, purpose: null, requestId: 'asked' };
    await this.exchange.ask({ source, purpose: PURPOSE, fields, asks }, session);
    this.meanwhile = undefined;
  }

  /** State and reason of every letter of this run, as the database has them. */
  async letters(): Promise<Map<string, string>> {
    const ids = this.model.letters.map(({ id }) => id);
    const text = 'select id, state, end_reason from letter where id = any ($1::uuid[])';
    const rows = await this.office.rows<{ id: string; state: string; end_reason: string | null }>(text, [ids]);
    return new Map(rows.map(({ id, state, end_reason }) => [id, `${state} ${end_reason}`]));
  }

  /** Each call is held against the model in the instant it is made; then happens what a test puts in its way. */
  private spied(source: string) {
    const agency = fakeAgency(() => this.now, source);
    agency.answer = async (people, inquiry) => {
      for (const { idNumber, letterId } of people) {
        this.asked++;
        const person = this.personBy.get(idNumber)!;
        if (!this.model.covers(letterId, person, source))
          this.uncovered.push(`${source} about ${person} by ${letterId}`);
      }
      const happens = this.meanwhile;
      this.meanwhile = undefined;
      if (!happens) return { answers: people.map((person) => found(person, inquiry, this.now)) };
      await happens();
      throw new SourceTrouble('SILENT', 'BUSY', 1);
    };
    return agency.connector;
  }
}
