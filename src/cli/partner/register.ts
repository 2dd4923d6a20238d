import type { Command } from 'commander';
import { registerAccess } from './access';
import { registerAssertion } from './assertion';
import { registerDocuments } from './document';
import { registerGrants } from './grant';

/** `hub partner`: systems of other agencies, their keys, documents and grants. What is changed holds from the next request. */
export function registerPartner(program: Command): void {
  const partner = program
    .command('partner')
    .description(
      'partner systems: keys, registered documents, grants; a change holds from the next request, without restart',
    )
    .addHelpText('after', '\nA first cross-check in ten minutes: docs/how-to/connect-a-partner.md');
  registerAccess(partner);
  registerDocuments(partner);
  registerGrants(partner);
  registerAssertion(partner);
}
