import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { csvLine } from '../../bulk/write/csv';
import { REPORT_HEADING, reportLines, type RowOutcome } from '../../jobs/bulk/outcome';

/** 导入报告: what became of each row; under its name once it is whole. */
export class ReportFile {
  private readonly out: WriteStream;

  constructor(private readonly path: string) {
    this.out = createWriteStream(`${path}.part`, { mode: 0o600 });
    this.out.on('error', () => undefined); // told by whoever waits for it
    this.out.write(`\ufeff${csvLine(REPORT_HEADING)}`);
  }

  async add(outcome: RowOutcome): Promise<void> {
    if (!this.out.write(reportLines(outcome).map(csvLine).join(''))) await once(this.out, 'drain');
  }

  async finish(): Promise<void> {
    this.out.end();
    await finished(this.out);
    await rename(`${this.path}.part`, this.path);
  }

  async discard(): Promise<void> {
    this.out.destroy();
    await rm(`${this.path}.part`, { force: true });
  }
}
