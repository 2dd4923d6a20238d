import type { Command } from 'commander';
import { holdsIdNumber } from '../../access/identity';
import { Refusal } from '../refusal';
import { say } from '../say';
import { withServer } from '../server';
import { settings } from '../settings';

interface ExplainOptions {
  readonly by: string;
  readonly purpose: string;
  readonly on?: string;
  readonly json?: true;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `hub explain`: why a household is judged as it is, for a person to read. */
export function registerExplain(program: Command): void {
  program
    .command('explain <household>')
    .description('why a household is judged as it is: every rule with its facts, numbers, documents and evidence')
    .requiredOption('--by <subject>', 'in whose name, as the read log is to show it')
    .option('--purpose <code>', 'the purpose under which the agencies were asked', 'ADMISSION_REVIEW')
    .option(
      '--on <day>',
      'day of judgement as 2026-11-29: members, parameters and letters of that day (default: today)',
    )
    .option('--json', 'the same as one JSON object')
    .addHelpText(
      'after',
      '\n<household> is its id or its file number. Nothing is asked of an agency and nothing is judged anew in the records:\n' +
        'what is stored is judged once more and forgotten. The look is written into the read log of every member.\n' +
        '\nExample:\n  npm run hub -- explain 150402-000017 --by zhang.san',
    )
    .action(async (household: string, options: ExplainOptions) => explainOne(household, options));
}

async function explainOne(household: string, options: ExplainOptions): Promise<void> {
  if (options.on !== undefined && !DAY.test(options.on)) throw new Refusal('--on is a day as 2026-11-29');
  if (!/^\P{C}{1,100}$/u.test(options.by) || holdsIdNumber(options.by))
    throw new Refusal('--by is the name of an account, up to 100 characters; never a citizen number');
  const config = settings();
  const { openDatabase } = await import('../../store/database.js');
  const { explainTo } = await import('./explain.js');
  await withServer(config, 'hub explain', async ({ ownerUrl }) => {
    const db = openDatabase(ownerUrl, config.secrets.ROLE_KEY, { max: 1 });
    try {
      await explainTo(say, db.engine, { household, ...options });
    } finally {
      await db.close();
    }
  });
}
