import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '../refusal';
import { settings } from '../settings';
import { say } from '../say';
import { clientIdOf, countOf } from './arguments';
import { change } from './change';

interface DocumentOptions {
  readonly purpose: string;
  readonly clause: string;
  readonly rowCap: number;
  readonly name?: string;
}

/** `hub partner document add` and `withdraw`. */
export function registerDocuments(partner: Command): void {
  const document = partner
    .command('document')
    .description('GraphQL documents that a partner may run; it may run no other');
  document
    .command('add')
    .description('register a document after checking it against the schema; prints the hash to ask it by')
    .argument('<client>', 'client id', clientIdOf)
    .argument('<file>', 'a .graphql file')
    .requiredOption('--purpose <code>', 'the one purpose it serves')
    .requiredOption('--clause <id>', 'the clause it rests on, as IM-3.C6')
    .requiredOption('--row-cap <n>', 'how many different persons one request may reach', countOf)
    .option('--name <text>', 'what to call it (default: name of the file)')
    .addHelpText('after', '\nSpaces, commas and comments do not count; any other change makes it another document.')
    .action(add);
  document
    .command('withdraw')
    .description('withdraw documents by name or hash; the next request with one of them is refused')
    .argument('<client>', 'client id', clientIdOf)
    .argument('<which>', 'name, or sha256:<hash>')
    .action(async (clientId: string, which: string) =>
      change('document', async (registry) =>
        say(`${await registry.withdraw(clientId, which)} documents of ${clientId} withdrawn`),
      ),
    );
}

async function add(clientId: string, file: string, { purpose, clause, rowCap, name }: DocumentOptions): Promise<void> {
  const text = readText(file);
  const { faultsOfDocument } = await import('./check-document.js');
  const faults = await faultsOfDocument(text, settings());
  if (faults.length > 0) throw new Refusal(`${file} does not fit the schema:\n  ${faults.join('\n  ')}`);
  const title = name ?? basename(file, extname(file));
  await change('document', async (registry) => {
    say(`sha256:${await registry.register({ ...{ clientId, text, purpose, clause, rowCap }, name: title })}`);
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Refusal(`${file} cannot be read.`);
  }
}
