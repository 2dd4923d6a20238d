import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { FAULTS } from '../../errors';
import type { RowOutcome } from '../../jobs/bulk/outcome';
import type { Told } from '../../jobs/bulk/import-file';
import { refusalBody, told } from '../faults';

type Occasion = Parameters<typeof told>[1];

/** Whoever brought the table does not listen any more: what has landed stands, and the same file goes on with the rest. */
class NobodyListens extends Error {}

/** 导入报告 as it comes: a line of JSON a row, then `done`, or `errors` where it broke off. It never quotes a value. */
export class Report implements Told {
  readonly lines = new PassThrough();
  readonly begun: Promise<void>;
  private begin!: () => void;
  private hasBegun = false;

  constructor(
    private readonly occasion: Occasion,
    private readonly patienceMs: number,
  ) {
    this.begun = new Promise((resolve) => (this.begin = resolve));
    this.lines.on('error', () => undefined); // whoever listened is gone
  }

  async row({ number, key, outcome, flaws }: RowOutcome): Promise<void> {
    this.hasBegun = true;
    this.begin();
    const faults = flaws.map(({ code, field, detail }) => {
      const { message, remedy } = FAULTS[code];
      return { code, field, message: detail ? `${message}：${detail}` : message, remedy };
    });
    await this.say({ row: number, key, outcome, ...(faults.length > 0 ? { faults } : {}) });
  }

  end(last: object): void {
    this.lines.end(lineOf(last));
  }

  /** Before the first row nothing was said: the refusal is the answer's own. */
  fail(error: unknown): void {
    if (error instanceof NobodyListens || !this.hasBegun) return void this.lines.destroy();
    this.end(refusalBody(told(error, this.occasion), this.occasion.requestId));
  }

  private async say(line: object): Promise<void> {
    if (!this.lines.destroyed && this.lines.write(lineOf(line))) return;
    const signal = AbortSignal.timeout(this.patienceMs);
    if (!this.lines.destroyed)
      await Promise.race([once(this.lines, 'drain', { signal }), once(this.lines, 'close', { signal })]).catch(() =>
        this.lines.destroy(),
      );
    if (this.lines.destroyed) throw new NobodyListens();
  }
}

const lineOf = (line: object): string => `${JSON.stringify(line)}\n`;
