import type { Command } from 'commander';
import { byOf } from '../by';
import { reading } from '../reading';
import { Refusal } from '../refusal';
import { say } from '../say';

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
  byOf(options.by);
  const { explainTo } = await import('./explain.js');
  await reading('hub explain', ({ engine }) => explainTo(say, engine, { household, ...options }));
}
