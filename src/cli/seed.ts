import { InvalidArgumentError, type Command } from 'commander';
import { beijingDay } from '../access/day';
import { asOwner } from '../store/owner';
import { settings } from './settings';
import { Refusal } from './refusal';
import { say } from './say';
import { ensureDatabase, sandboxUrl, withServer } from './server';

interface SeedOptions {
  readonly households?: number;
  readonly seed?: string;
  readonly databaseUrl?: string;
}

const MOST = 2_000_000;
const PROGRESS_EVERY = 50_000;

/** `hub seed`: a demo population for an empty hub, and the agencies' records about the same people. */
export function registerSeed(program: Command): void {
  program
    .command('seed')
    .description('fill an empty hub and its sandbox agencies with the same made-up people; same seed, same people')
    .option('--households <n>', `how many, up to ${MOST} (default: DEMO_HOUSEHOLDS)`, householdCount)
    .option('--seed <text>', 'what the people are drawn from (default: DEMO_SEED)')
    .option('--database-url <url>', 'owner of the hub database (default: DATABASE_URL, else the hub of DATA_DIR)')
    .action(seed);
}

function householdCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count > MOST) throw new InvalidArgumentError(`a whole number from 0 to ${MOST}.`);
  return count;
}

async function seed({ households, seed: given, databaseUrl }: SeedOptions): Promise<void> {
  const configured = settings();
  const config = { ...configured, DATABASE_URL: databaseUrl ?? configured.DATABASE_URL };
  if (!config.sandbox) throw new Refusal('SANDBOX is off: made-up people do not belong into a hub at work.');
  const { prepareDatabase } = await import('./prepare.js');
  const { sealOf } = await import('./first-keys.js');
  const { populate, PopulatedError } = await import('../population/populate.js');
  await withServer(config, 'hub seed', async ({ ownerUrl, where }) => {
    await prepareDatabase(ownerUrl, config.secrets.ROLE_KEY, { say });
    await asOwner(ownerUrl, (owner) => ensureDatabase(owner, sandboxUrl(ownerUrl)));
    const wanted = households ?? config.DEMO_HOUSEHOLDS;
    const plan = {
      hubOwnerUrl: ownerUrl,
      worldUrl: sandboxUrl(ownerUrl),
      households: wanted,
      seed: given ?? config.DEMO_SEED,
      today: beijingDay(new Date()),
      seal: await sealOf(config, ownerUrl),
      onProgress: (done: number) => done % PROGRESS_EVERY === 0 && done < wanted && say(`${done} households …`),
    };
    const persons = await populate(plan).catch((error: unknown) => {
      throw error instanceof PopulatedError ? new Refusal(`${where}: ${error.message}`) : error;
    });
    say(`${wanted} households, ${persons} persons in ${where} and its sandbox agencies (seed ${plan.seed})`);
  });
}
