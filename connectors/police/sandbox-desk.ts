import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgencyContext } from '../../src/exchange/sandbox/agency';
import { dayOfData, lookUp } from '../../src/exchange/sandbox/register';
import { PERSON_REGISTER, tableOf, type PersonRow } from './sandbox-answer';
import { completeIn, discard, inFolders, leaveAnswer, readRequest, type Request } from './sandbox-post';

/** A parcel in good order that holds an error report instead of a table of answers. */
const ERROR_BODY = { columns: ['系统异常，请稍后再试'], rows: [] };

/** The police at work: takes requests from one folder, and leaves answers in another when they are due. */
export class PoliceDesk {
  private readonly folders: ReturnType<typeof inFolders>;
  private readonly due = new Map<string, Date>();
  private turn: Promise<void> = Promise.resolve();

  constructor(
    root: string,
    private readonly context: AgencyContext,
  ) {
    this.folders = inFolders(root);
  }

  async open(): Promise<void> {
    for (const folder of Object.values(this.folders)) await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const id of await completeIn(this.folders.taken)) this.due.set(id, this.context.clock());
  }

  /** Takes what came and answers what is due, one round after the other. */
  work(): Promise<void> {
    const round = this.turn.then(() => this.round());
    this.turn = round.catch((err: unknown) => this.context.log.error({ err }, 'sandbox police failed'));
    return round;
  }

  private async round(): Promise<void> {
    for (const id of await completeIn(this.folders.requests)) await this.take(id);
    const now = this.context.clock();
    for (const [id, due] of this.due) if (due <= now) await this.answer(id);
  }

  private async take(id: string): Promise<void> {
    const { requests, taken } = this.folders;
    const { clock, tally, behaviour } = this.context;
    const request = await readRequest(requests, id);
    if (!request) {
      tally.add('refused');
      return discard(requests, id);
    }
    tally.asked({ people: request.rows.length, fields: request.items, purpose: request.purpose });
    for (const name of [`${id}.csv`, `${id}.json`]) await rename(join(requests, name), join(taken, name));
    this.due.set(id, new Date(clock().getTime() + behaviour().readyAfterMs));
  }

  private async answer(id: string): Promise<void> {
    const { mode } = this.context.behaviour();
    const request = await readRequest(this.folders.taken, id);
    if (request && !(await this.leave(request))) {
      if (mode !== 'ok') return; // in another mode it is finished later
    }
    this.due.delete(id);
    await discard(this.folders.taken, id);
  }

  private async leave({ id, rows, items }: Request): Promise<boolean> {
    const { world, clock, secret, behaviour } = this.context;
    const { mode } = behaviour();
    const people = rows.map((row) => ({
      ref: row['查询编号'] ?? '',
      idNumber: row['公民身份号码'] ?? '',
      name: row['姓名'] ?? '',
    }));
    const entries = await lookUp<PersonRow>(world, PERSON_REGISTER, people, mode);
    const asked = new Map(people.map((person) => [person.ref, person]));
    const table = mode === 'error-body' ? ERROR_BODY : tableOf(entries, asked, items, mode, secret('record'));
    const reply = { id, asOf: dayOfData(clock, mode), createdAt: clock().toISOString(), ...table };
    return leaveAnswer(this.folders.answers, reply, mode);
  }

  /** Is there an answer's manifest that nobody has fetched? */
  async holds(id: string): Promise<boolean> {
    return stat(join(this.folders.answers, `${id}.json`)).then(
      () => true,
      () => false,
    );
  }
}
