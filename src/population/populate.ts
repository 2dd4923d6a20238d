import { setImmediate as turn } from 'node:timers/promises';
import { Client } from 'pg';
import type { Seal } from '../access/seal';
import { households, type Population } from './households';
import { HUB_TABLES, writeHub } from './hub-rows';
import { copySheets, inBulk } from './load';
import { emptySheets, takeAll } from './sheet';
import { createWorldSchema } from './world-schema';
import { WORLD_TABLES, writeWorld } from './world-rows';

export interface PopulationPlan extends Population {
  /** Owner of the hub database, migrated and with its regions; it must hold no household yet. */
  readonly hubOwnerUrl: string;
  /** Owner of the sandbox database; what the agencies knew before is replaced. */
  readonly worldUrl: string;
  readonly seal: Seal;
  readonly onProgress?: (households: number) => unknown;
}

/** The hub holds households already: nothing was changed. */
export class PopulatedError extends Error {
  constructor() {
    super(
      'it already holds households; a made-up population goes into an empty hub only (another DATA_DIR or database).',
    );
    this.name = 'PopulatedError';
  }
}

/** Households copied at a time: bounds the memory, while one batch is drafted and the one before is copied. */
const BATCH = 1000;
/** Households drafted before the loop turns to the sockets. */
const BREATH = 20;

/**
 * Fills a hub and its sandbox world with the same people, streamed. One transaction in each database: a run that is
 * stopped leaves no half population. Returns the number of persons registered.
 */
export async function populate(plan: PopulationPlan): Promise<number> {
  const hub = new Client({ connectionString: plan.hubOwnerUrl });
  await hub.connect();
  try {
    await refuseSecondPopulation(hub);
    const world = new Client({ connectionString: plan.worldUrl });
    await world.connect();
    try {
      return await fill(hub, world, plan);
    } finally {
      await world.end();
    }
  } finally {
    await hub.end();
  }
}

async function refuseSecondPopulation(hub: Client): Promise<void> {
  const { rowCount } = await hub.query('select from household limit 1');
  if (rowCount) throw new PopulatedError();
}

/** A letter that the population calls in force is one that the database would have brought into force itself. */
async function refuseUnsignedLetters(hub: Client): Promise<void> {
  const { rowCount } = await hub.query(`select from letter where state = 'ACTIVE' and not letter_is_whole(id) limit 1`);
  if (rowCount) throw new Error('the population holds a letter in force that somebody has not signed');
}

async function fill(hub: Client, world: Client, plan: PopulationPlan): Promise<number> {
  let persons = 0;
  await world.query('begin');
  await createWorldSchema(world);
  await world.query(`truncate ${Object.keys(WORLD_TABLES).join(', ')}, civil.ticket, world.setting`);
  await inBulk(
    hub,
    Object.keys(HUB_TABLES),
    async () => {
      persons = await copyHouseholds(hub, world, plan);
      const { households: count, seed, today } = plan;
      await world.query('insert into world.setting (as_of, seed, households) values ($1, $2, $3)', [
        today,
        seed,
        count,
      ]);
      await world.query('commit');
    },
    () => refuseUnsignedLetters(hub),
  );
  await world.query('analyze');
  return persons;
}

/** Drafts a batch while the one before it is on its way into both databases. */
async function copyHouseholds(hub: Client, world: Client, plan: PopulationPlan): Promise<number> {
  const { today, seal, onProgress = () => undefined } = plan;
  let [drafted, persons] = [0, 0];
  const [hubSheets, worldSheets] = [emptySheets(HUB_TABLES), emptySheets(WORLD_TABLES)];
  let underWay: Promise<unknown> = Promise.resolve();
  const send = async () => {
    await underWay;
    underWay = Promise.all([
      copySheets(hub, HUB_TABLES, takeAll(hubSheets)),
      copySheets(world, WORLD_TABLES, takeAll(worldSheets)),
    ]);
    underWay.catch(() => undefined); // its failure is met where it is awaited
    onProgress(drafted);
  };
  for (const household of households(plan)) {
    writeHub(hubSheets, household, today, seal);
    writeWorld(worldSheets, household, today);
    persons += household.residents.length;
    drafted++;
    if (drafted % BATCH === 0) await send();
    else if (drafted % BREATH === 0) await turn();
  }
  await send();
  await underWay;
  return persons;
}
