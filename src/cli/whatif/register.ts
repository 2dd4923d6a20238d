import type { Command } from 'commander';
import type { Client } from 'pg';
import type { Signer } from '../../audit/signer';
import type { Config } from '../../config';
import { byOf } from '../by';
import { Refusal } from '../refusal';
import { textOf } from '../text-of';
import { say, warn } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';
import type { Draft } from './draft';

interface Options {
  readonly by: string;
  readonly region?: string | null;
  readonly rule?: readonly string[];
  readonly json?: true;
}

/** `hub whatif` 政策试算: what numbers and drafts of rules would do, before they are law here. */
export function registerWhatIf(program: Command): void {
  program
    .command('whatif [file]')
    .description(
      'who would gain, lose or become inconclusive by a file of parameters, by drafts of rules, or by both; a signed report, nothing else is written',
    )
    .requiredOption('--by <subject>', 'in whose name, as the report and the write log are to show it')
    .option(
      '--rule <files...>',
      'drafts of rules, each a file as in src/rules/eligibility; they are run: read them first',
    )
    .option('--region <code>', 'only households there; such a report does not let the file be loaded')
    .option('--json', 'the report as one JSON object')
    .addHelpText(
      'after',
      '\nCounts from 1 to 4 are withheld, with what would give them away. How: docs/how-to/set-a-parameter.md, docs/how-to/add-a-rule.md',
    )
    .action(async (file: string | undefined, options: Options) => tryOut(file, options));
}

/** Answers were asked for this. */
const PURPOSE = 'ADMISSION_REVIEW';

async function tryOut(file: string | undefined, { by, region = null, rule = [], json }: Options): Promise<void> {
  byOf(by);
  if (file === undefined && rule.length === 0)
    throw new Refusal('Name a file of parameters, or drafts of rules by --rule, or both.');
  const text = file === undefined ? '' : await textOf(file);
  const config = settings();
  const [{ connectors }, { rules }, { whatIf }, { inWords }, { openDatabase }, { asOwner }, { CONNECTIONS }] =
    await Promise.all([
      import('../../../connectors/index.js'),
      import('../../rules/index.js'),
      import('./run.js'),
      import('./words.js'),
      import('../../store/database.js'),
      import('../../store/owner.js'),
      import('./try.js'),
    ]);
  const sources = connectors.map(({ name }) => name);
  const drafts = await draftsOf(rule, sources);
  await withServer(config, 'hub whatif', async ({ ownerUrl }) => {
    const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: CONNECTIONS });
    try {
      await asOwner(ownerUrl, async (owner) => {
        const signer = await signerOf(config, owner);
        const started = performance.now();
        const parts = { engineRole: db.engine, owner, signer, rules, now: new Date(), onProgress };
        const { id, body } = await whatIf(parts, {
          ...{ file: file ?? null, text, drafts, by, sources, region, purpose: PURPOSE },
        });
        if (json) say(JSON.stringify({ id, ...body }));
        else inWords(id, body, (performance.now() - started) / 1000).forEach((line) => say(line));
      });
    } finally {
      await db.close();
    }
  });
}

async function draftsOf(files: readonly string[], sources: readonly string[]): Promise<Draft[]> {
  const { draftOf } = await import('./draft.js');
  return Promise.all(files.map(async (file) => draftOf(file, await textOf(file), sources)));
}

const onProgress = (judged: number): void => warn(`  ${judged} households …`);

async function signerOf(config: Config, owner: Client): Promise<Signer> {
  const [{ openKeys }, { makeSigner }, { firstKeys }, { signingKey }] = await Promise.all([
    import('../../store/keys/open.js'),
    import('../../audit/signer.js'),
    import('../first-keys.js'),
    import('../signing-key.js'),
  ]);
  const first = firstKeys({ config, signingKeyPem: signingKey(config) });
  const keys = await openKeys({ db: owner, masterSecret: config.secrets.MASTER_KEY, first });
  return makeSigner(keys.of('signing'), keys.formerSigners);
}
