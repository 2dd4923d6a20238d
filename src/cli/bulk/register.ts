import { existsSync, readFileSync } from 'node:fs';
import { Argument, Option, type Command } from 'commander';
import type { Encoding } from '../../bulk/csv';
import { HubError } from '../../errors';
import { Refusal } from '../refusal';
import { say } from '../say';

interface ImportOptions {
  readonly region: string;
  readonly by: string;
  readonly source: string;
  readonly encoding: Encoding;
  readonly report?: string;
}
interface ExportOptions {
  readonly region: string;
  readonly by: string;
  readonly format: 'csv' | 'xlsx';
  readonly out: string;
}

/** `hub import` and `hub export`: many records at once, by files. */
export function registerBulk(program: Command): void {
  program
    .command('import')
    .description(
      'import a file of applications or households (CSV or XLSX): sound rows land, the others are told in a report',
    )
    .addArgument(new Argument('<kind>').choices(['applications', 'households']))
    .argument('<file>', 'the file; its columns: docs/how-to/import-and-export.md')
    .requiredOption('--region <code>', 'the county, as 150426')
    .requiredOption('--by <subject>', 'in whose name, as the write log is to show it')
    .option('--source <name>', 'the system whose keys stand in the file', 'paper')
    .addOption(new Option('--encoding <name>', 'of a CSV').choices(['utf-8', 'gb18030']).default('utf-8'))
    .option('--report <file>', 'where each row’s outcome is written (default: beside the file)')
    .addHelpText('after', '\nImporting the same file again changes nothing; a corrected row corrects what it made.')
    .action(importOne);
  program
    .command('export')
    .description('export the applications of a region and everything below it')
    .addArgument(new Argument('<kind>').choices(['applications']))
    .requiredOption('--region <code>', 'as 1504')
    .requiredOption('--by <subject>', 'in whose name, as the write log is to show it')
    .requiredOption('--out <file>', 'the file to write')
    .addOption(new Option('--format <name>').choices(['csv', 'xlsx']).default('csv'))
    .action(exportAll);
}

const STATUS = '/proc/self/status';

/** The most memory that this process has held. Of this program: what `getrusage` says counts whoever began it too, until it ran. */
function peakMiB(): number {
  const { maxRSS } = process.resourceUsage();
  const [, ofThis = maxRSS] = existsSync(STATUS)
    ? (/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8')) ?? [])
    : [];
  return Math.round(Number(ofThis) / 1024);
}

const refused = (error: unknown): never => {
  if (!(error instanceof HubError)) throw error;
  throw new Refusal(`${error.field ?? ''} ${error.message}. Nothing was changed.`.trim());
};

async function importOne(kind: 'applications' | 'households', path: string, options: ImportOptions): Promise<void> {
  const { region, source, encoding, report = `${path}.report.csv` } = options;
  const [{ withDesk }, { importFile }, { ReportFile }] = await Promise.all([
    import('./desk.js'),
    import('../../jobs/bulk/import-file.js'),
    import('./report-file.js'),
  ]);
  const started = performance.now();
  const told = new ReportFile(report);
  const file = {
    path,
    kind: kind === 'applications' ? 'APPLICATIONS' : 'HOUSEHOLDS',
    region,
    source,
    encoding,
  } as const;
  try {
    const done = await withDesk('hub import', options, (ctx) =>
      importFile(ctx, file, { row: (outcome) => told.add(outcome), progress: (rows) => say(`  ${rows} rows …`) }),
    );
    await told.finish();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const again = done.before > 0 ? `; this file was imported ${done.before} times before` : '';
    say(
      `${done.rows} rows: ${done.created} created, ${done.updated} updated, ${done.unchanged} unchanged, ${done.refused} refused, ${seconds} s${again}`,
    );
    say(`  batch ${done.batchId}, report: ${report}, peak ${peakMiB()} MiB`);
  } catch (error) {
    await told.discard();
    refused(error);
  }
}

async function exportAll(_kind: string, options: ExportOptions): Promise<void> {
  const { region, format, out: path } = options;
  const [{ withDesk }, { exportApplications }] = await Promise.all([
    import('./desk.js'),
    import('../../jobs/bulk/export-applications.js'),
  ]);
  const rows = await withDesk('hub export', options, (ctx) => exportApplications(ctx, { region, format, path })).catch(
    refused,
  );
  say(`${rows} rows in ${path}, peak ${peakMiB()} MiB`);
}
