import type { Command } from 'commander';
import { emit } from './emitted';

interface Options {
  readonly check?: boolean;
}

/** `hub schema` and `hub docs`: the files that are made from the code. */
export function registerEmitted(program: Command): void {
  const check = ['--check', 'write nothing; exit 1 when the committed file differs'] as const;
  program
    .command('schema')
    .description('write schema/supergraph.graphql, composed from the subgraphs')
    .option(...check)
    .action(async (options: Options) => emitSchema(options));
  program
    .command('docs')
    .description('write the pages of docs/ that are made from the code')
    .option(...check)
    .action(async (options: Options) => emitDocs(options));
}

async function emitSchema({ check = false }: Options): Promise<void> {
  const { composedSupergraph } = await import('./supergraph.js');
  emit({ path: 'schema/supergraph.graphql', text: composedSupergraph(), command: 'npm run hub -- schema' }, check);
}

async function emitDocs({ check = false }: Options): Promise<void> {
  const { errorsPage } = await import('./errors-page.js');
  const { limitsPage } = await import('./limits-page.js');
  emit({ path: 'docs/errors.md', text: errorsPage(), command: 'npm run docs' }, check);
  const { modesPage } = await import('./modes-page.js');
  emit({ path: 'docs/sandbox-modes.md', text: await modesPage(), command: 'npm run docs' }, check);
  const { rulesPage } = await import('./rules-page.js');
  emit({ path: 'docs/rules.md', text: rulesPage(), command: 'npm run docs' }, check);
  emit({ path: 'docs/limits.md', text: limitsPage(), command: 'npm run docs' }, check);
}
