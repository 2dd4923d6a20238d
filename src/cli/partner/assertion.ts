import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Command } from 'commander';
import { settings } from '../settings';
import { say } from '../say';
import { clientIdOf } from './arguments';

interface AssertionOptions {
  readonly key?: string;
  readonly audience?: string;
}

const LIFE = '2m';

/** `hub partner assertion`: what a partner's own program does before it asks for a token; alone on standard output. */
export function registerAssertion(partner: Command): void {
  partner
    .command('assertion')
    .description('sign a client assertion (private_key_jwt) with a private key; needs no hub and no database')
    .argument('<client>', 'client id', clientIdOf)
    .option('--key <file>', 'private key, PEM (default: DATA_DIR/partners/<client>.pem)')
    .option('--audience <url>', 'issuer of the hub, from /.well-known/oauth-authorization-server (default: PUBLIC_URL)')
    .addHelpText('after', '\nAn assertion serves once, for two minutes.')
    .action(async (clientId: string, options: AssertionOptions) => say(await assertion(clientId, options)));
}

async function assertion(clientId: string, { key: file, audience }: AssertionOptions): Promise<string> {
  const config = settings();
  const { readPrivateKey } = await import('./keys.js');
  const { SignJWT } = await import('jose');
  const { key, kid, alg } = await readPrivateKey(file ?? join(config.dataDir, 'partners', `${clientId}.pem`));
  return new SignJWT()
    .setProtectedHeader({ alg, kid, typ: 'JWT' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience ?? config.publicUrl)
    .setIssuedAt()
    .setExpirationTime(LIFE)
    .setJti(randomUUID())
    .sign(key);
}
