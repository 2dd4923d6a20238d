import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync, type WriteStream } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { REMEDIES, type Flaw } from './row';

const HEADINGS = ['行号', '代码', '列', '公民身份号码（掩码）', '处理办法'];

/** 退回清单: the rows that did not land, with code and remedy; under its name only once it is whole. UTF-8 with BOM, for a spreadsheet. */
export class RejectFile {
  private readonly out: WriteStream;
  rows = 0;

  constructor(private readonly path: string) {
    this.out = createWriteStream(`${path}.part`, { mode: 0o600 });
    this.out.write(`\ufeff${lineOf(HEADINGS)}`);
  }

  async add({ row, code, column, masked }: Flaw): Promise<void> {
    this.rows++;
    if (!this.out.write(lineOf([String(row), code, column, masked, REMEDIES[code]]))) await once(this.out, 'drain');
  }

  /** Leaves the file where there is something to return, and none where there is not. */
  async finish(): Promise<void> {
    await this.ended();
    if (this.rows > 0) renameSync(`${this.path}.part`, this.path);
    else rmSync(`${this.path}.part`);
  }

  async discard(): Promise<void> {
    await this.ended();
    rmSync(`${this.path}.part`, { force: true });
  }

  private ended(): Promise<void> {
    return new Promise((resolve, reject) => this.out.once('error', reject).end(resolve));
  }
}

const lineOf = (cells: string[]): string => stringify([cells], { escape_formulas: true });
