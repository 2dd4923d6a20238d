import { join } from 'node:path';
import type { Command } from 'commander';
import { settings } from '../settings';
import { say } from '../say';
import { withServer } from '../server';
import { clientIdOf, creditCodeOption } from './arguments';
import { change } from './change';

interface KeyOptions {
  readonly publicKey?: string;
  readonly keyFile?: string;
}
type AddOptions = KeyOptions & { readonly name: string; readonly agency: string; readonly creditCode?: string };

const KEY_HELP =
  'The hub keeps public keys only. Without --public-key a P-256 key is made and its private half written to --key-file.';

/** `hub partner add`, `key` and `list`. */
export function registerAccess(partner: Command): void {
  withKey(partner.command('add'))
    .description(
      'make a partner system known by its public key; it may do nothing until documents and grants are added',
    )
    .requiredOption('--name <text>', 'name of the system, as people call it')
    .requiredOption('--agency <text>', 'agency that answers for it')
    .option('--credit-code <code>', 'unified social credit code of the agency, 统一社会信用代码', creditCodeOption)
    .action(add);
  withKey(partner.command('key'))
    .description('put another public key in the place of the keys of a partner')
    .action(async (clientId: string, options: KeyOptions) => {
      const key = await keyOf(clientId, options);
      await change('key', (registry) => registry.setKeys(clientId, [key]));
      say(`${clientId} is now known by the key ${key.kid} only; access tokens given before end within 5 minutes`);
    });
  partner
    .command('list')
    .description('partners, with their grants, registered documents and persons reached today')
    .option('--json', 'as JSON')
    .action(list);
}

const withKey = (command: Command): Command =>
  command
    .argument('<client>', 'client id: lower-case letters, digits, hyphens', clientIdOf)
    .option('--public-key <file>', 'public key: PEM or JWK (EC P-256, Ed25519, RSA ≥ 2048)')
    .option(
      '--key-file <file>',
      'where to write the private half of a key made here (default: DATA_DIR/partners/<client>.pem)',
    )
    .addHelpText('after', `\n${KEY_HELP}`);

async function keyOf(clientId: string, { publicKey, keyFile }: KeyOptions) {
  const { makeKey, readPublicKey } = await import('./keys.js');
  if (publicKey) return readPublicKey(publicKey);
  const file = keyFile ?? join(settings().dataDir, 'partners', `${clientId}.pem`);
  const key = await makeKey(file);
  say(`private key written to ${file}: it belongs to the partner, and is nowhere else`);
  return key;
}

async function add(clientId: string, { name, agency, creditCode, ...options }: AddOptions): Promise<void> {
  const key = await keyOf(clientId, options);
  await change('add', (registry) => registry.add({ clientId, name, agency, creditCode, keys: [key] }));
  say(`partner ${clientId} added, known by the key ${key.kid} (${key.alg})`);
  say('next: npm run hub -- partner grant, npm run hub -- partner document add');
}

async function list({ json }: { json?: boolean }): Promise<void> {
  const { readPartners, toLines } = await import('./listing.js');
  const partners = await withServer(settings(), 'hub partner list', ({ ownerUrl }) => readPartners(ownerUrl));
  if (json) say(JSON.stringify(partners, null, 2));
  else toLines(partners).forEach(say);
}
