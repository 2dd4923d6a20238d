import type { Command } from 'commander';
import { say } from '../say';
import { clientIdOf, codesOf, countOf, dayOf, listOf } from './arguments';
import { change } from './change';

interface GrantOptions {
  readonly purpose: string;
  readonly region: readonly string[];
  readonly fields?: readonly string[];
  readonly dailyPersons: number;
  readonly from: string;
  readonly until: string;
}

/** `hub partner grant` and `revoke`. */
export function registerGrants(partner: Command): void {
  partner
    .command('grant')
    .description('grant a partner fields of one purpose; takes the place of its grant for that purpose')
    .argument('<client>', 'client id', clientIdOf)
    .requiredOption('--purpose <code>', 'ADMISSION_REVIEW, ANNUAL_REVIEW')
    .requiredOption(
      '--region <codes>',
      'region codes with commas between, all below them included: 150402 or 15,45',
      codesOf,
    )
    .requiredOption('--until <day>', 'last day, YYYY-MM-DD', dayOf)
    .requiredOption('--daily-persons <n>', 'how many different persons a day (Beijing) it may reach', countOf)
    .option('--fields <names>', 'source.field with commas between (default: all fields of the purpose)', listOf)
    .option('--from <day>', 'first day, YYYY-MM-DD', dayOf, '2000-01-01')
    .addHelpText(
      'after',
      '\nExample:\n  npm run hub -- partner grant tax-office --purpose ADMISSION_REVIEW --region 150402 --until 2027-12-31 --daily-persons 200',
    )
    .action(grant);
  partner
    .command('revoke')
    .description('end the grants of a partner now: the next request is refused, running cross-checks ask no more')
    .argument('<client>', 'client id', clientIdOf)
    .option('--purpose <code>', 'of one purpose only (default: all)')
    .action(async (clientId: string, { purpose }: { purpose?: string }) =>
      change('revoke', async (registry) =>
        say(`${await registry.revoke(clientId, purpose)} grants of ${clientId} revoked`),
      ),
    );
}

async function grant(clientId: string, { region, from, until, ...rest }: GrantOptions): Promise<void> {
  const { fields, purpose, dailyPersons } = rest;
  await change('grant', async (registry) => {
    await registry.grant({
      ...{ clientId, purpose, fields, dailyPersons },
      regions: region,
      validFrom: from,
      validUntil: until,
    });
    say(
      `${clientId} may ask for ${purpose} in ${region.join(', ')} until ${until}, about ${dailyPersons} persons a day`,
    );
  });
}
