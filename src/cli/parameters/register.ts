import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { byOf } from '../by';
import { dayOf } from '../partner/arguments';
import { reading } from '../reading';
import { Refusal } from '../refusal';
import { say } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';
import type { ToShow } from './show';

/** `hub parameters`: the numbers that documents give, region by region. */
export function registerParameters(program: Command): void {
  const parameters = program
    .command('parameters')
    .description('numbers of the law and of local documents: what they are, where, since when and as known when');
  parameters
    .command('load <file>')
    .description('load numbers from a YAML list or a CSV table: all of it or nothing; a correction is a new line')
    .requiredOption('--by <subject>', 'in whose name, as the write log is to show it')
    .addHelpText('after', '\nFormat, and an example: docs/how-to/set-a-parameter.md')
    .action(async (file: string, { by }: { by: string }) => load(file, by));
  parameters
    .command('list')
    .description('every code with its meaning, bounds, unit and the document it rests on')
    .option('--json', 'as one JSON object')
    .action(async ({ json }: { json?: true }) => list(json));
  parameters
    .command('show <code>')
    .description('what holds in a region, and all that is on the books about it')
    .requiredOption('--region <code>', 'the region, as 150402')
    .option('--programme <code>', 'as LOW_RENT (default: what holds for all)')
    .option('--on <day>', 'the day on which it holds (default: today)', dayOf)
    .option('--known <instant>', 'as it was known then: 2026-11-29T12:00:00+08:00 (default: now)', instantOf)
    .option('--json', 'as one JSON object')
    .action(async (code: string, options: Omit<ToShow, 'code'> & { json?: true }) => show({ code, ...options }));
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

function instantOf(text: string): Date {
  const at = new Date(text);
  if (!INSTANT.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('An instant looks like 2026-11-29T12:00:00+08:00.');
  return at;
}

async function load(file: string, by: string): Promise<void> {
  byOf(by);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Refusal(`${file} cannot be read: ${error.code}.`);
  });
  const config = settings();
  const [{ connectors }, { loadParameters }, { asOwner }, { prepareDatabase }] = await Promise.all([
    import('../../../connectors/index.js'),
    import('./load.js'),
    import('../../store/owner.js'),
    import('../prepare.js'),
  ]);
  const sources = connectors.map(({ name }) => name);
  await withServer(config, 'hub parameters load', async ({ ownerUrl }) => {
    await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY, { say });
    const loaded = await asOwner(ownerUrl, (owner) => loadParameters(owner, { file, text, by, sources }, new Date()));
    say(`${loaded} values of ${file} are known from now on`);
  });
}

async function list(json: true | undefined): Promise<void> {
  const [{ countByCode }, { catalogueInWords }, { PARAMETERS }] = await Promise.all([
    import('./show.js'),
    import('./words.js'),
    import('../../../schema/parameters.js'),
  ]);
  await reading('hub parameters list', async ({ engine }) => {
    const values = await countByCode(engine);
    const all = [...PARAMETERS].map(([code, declared]) => ({ code, ...declared, values: values.get(code) ?? 0 }));
    if (json) say(JSON.stringify({ parameters: all }));
    else catalogueInWords(values).forEach((line) => say(line));
  });
}

async function show({ json, ...wanted }: ToShow & { json?: true }): Promise<void> {
  const [{ showParameter }, { shownInWords }] = await Promise.all([import('./show.js'), import('./words.js')]);
  await reading('hub parameters show', async ({ engine }) => {
    const shown = await showParameter(engine, wanted, new Date());
    if (json) say(JSON.stringify(shown));
    else shownInWords(wanted, shown).forEach((line) => say(line));
  });
}
