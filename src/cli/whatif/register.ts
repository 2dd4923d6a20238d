import type { Command } from 'commander';
import type { Client } from 'pg';
import type { Signer } from '../../audit/signer';
import type { Config } from '../../config';
import { byOf } from '../by';
import { textOf } from '../text-of';
import { say, warn } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';

interface Options {
  readonly by: string;
  readonly region?: string | null;
  readonly json?: true;
}

/** `hub whatif` 政策试算: what a file of numbers would do, before it is loaded. */
export function registerWhatIf(program: Command): void {
  program
    .command('whatif <file>')
    .description(
      'who would gain, lose or become inconclusive by a file of parameters; a signed report, nothing else is written',
    )
    .requiredOption('--by <subject>', 'in whose name, as the report and the write log are to show it')
    .option('--region <code>', 'only households there; such a report does not let the file be loaded')
    .option('--json', 'the report as one JSON object')
    .addHelpText(
      'after',
      '\nCounts from 1 to 4 are withheld, with what would give them away. How: docs/how-to/set-a-parameter.md',
    )
    .action(async (file: string, options: Options) => tryFile(file, options));
}

/** Answers were asked for this. */
const PURPOSE = 'ADMISSION_REVIEW';

async function tryFile(file: string, { by, region = null, json }: Options): Promise<void> {
  byOf(by);
  const text = await textOf(file);
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
  await withServer(config, 'hub whatif', async ({ ownerUrl }) => {
    const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: CONNECTIONS });
    try {
      await asOwner(ownerUrl, async (owner) => {
        const signer = await signerOf(config, owner);
        const started = performance.now();
        const parts = { engineRole: db.engine, owner, signer, rules, now: new Date(), onProgress };
        const { id, body } = await whatIf(parts, { file, text, by, sources, region, purpose: PURPOSE });
        if (json) say(JSON.stringify({ id, ...body }));
        else inWords(id, body, (performance.now() - started) / 1000).forEach((line) => say(line));
      });
    } finally {
      await db.close();
    }
  });
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
