import { InvalidArgumentError, Option, type Command } from 'commander';
import { ROLES, type Role } from '../access/viewer';
import { settings } from './settings';
import { DEMO_PARTNER } from './demo-partner';
import { Refusal } from './refusal';
import { say } from './say';

interface TokenOptions {
  readonly role: Role;
  readonly region: string;
  readonly subject?: string;
  readonly client?: string;
  readonly ttl: string;
}

/** `hub token`: an access token of the sandbox issuer, alone on standard output. */
export function registerToken(program: Command): void {
  program
    .command('token')
    .description('print an access token of the sandbox issuer, for the header Authorization: Bearer …')
    .addOption(new Option('--role <role>', 'role of the bearer').choices(ROLES).makeOptionMandatory())
    .requiredOption('--region <code>', 'region code of the office, as 15, 1504 or 150402', regionCode)
    .option('--subject <name>', 'who it is, as written in the logs (default: made from role and region)')
    .option(
      '--client <id>',
      `partner system, with --role PARTNER_SYSTEM (default: ${DEMO_PARTNER.clientId}); runs registered documents only`,
    )
    .option('--ttl <span>', 'how long it holds: 30m, 8h, 2d', span, '8h')
    .addHelpText('after', '\nExample:\n  npm run --silent token -- --role COUNTY_HOUSING --region 150402')
    .action(async (options: TokenOptions) => say(await token(options)));
}

async function token({ role, region, subject, client, ttl }: TokenOptions): Promise<string> {
  const config = settings();
  if (!config.sandbox) throw new Refusal('SANDBOX=off: tokens come from your own OpenID Connect issuer (OIDC_ISSUER).');
  const { openIssuer } = await import('./issuer.js');
  const issuer = await openIssuer({ dataDir: config.dataDir, audience: config.OIDC_AUDIENCE, port: config.PORT });
  const clientId = role === 'PARTNER_SYSTEM' ? (client ?? DEMO_PARTNER.clientId) : undefined;
  return issuer.mint({ role, region, subject: subject ?? clientId ?? subjectOf(role, region), clientId }, ttl);
}

/** The subject of a token for which none was given: the desk, not a person. */
export const subjectOf = (role: Role, region: string): string => `${role.toLowerCase().replaceAll('_', '-')}-${region}`;

function regionCode(text: string): string {
  if (!/^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(text))
    throw new InvalidArgumentError('Region codes look like 15, 1504 or 150402.');
  return text;
}

function span(text: string): string {
  if (!/^\d+[smhd]$/.test(text)) throw new InvalidArgumentError('Write a span as 90s, 30m, 8h or 2d.');
  return text;
}
