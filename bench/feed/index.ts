import { table, type BenchResult } from '../support/figures';
import { inWorld } from '../support/world';
import { cached } from './cached';
import { publish } from './rows';
import { uncached } from './uncached';

const PAGES = 1000;
const GOAL = 2.5;
const CACHED_GOAL = 2;

/** A masked page of 50 out of 1,000,000 published rows: read anew, and from the cache. */
export const run = (say: (line: string) => void): Promise<BenchResult> =>
  inWorld(10, async (world) => {
    const places = await publish(world, PAGES);
    const { ratio, ...sides } = await uncached(world, places);
    say('uncached, CPU µs per page:');
    say(
      table(
        Object.entries(sides).map(([side, { nodeMicroseconds: node, postgresMicroseconds: postgres }]) => ({
          side,
          node,
          postgres,
        })),
      ),
    );
    const kept = await cached(world, places[0]!);
    if (kept) {
      say(`cached, CPU µs per page (goal: ${CACHED_GOAL} × nginx):`);
      say(table(Object.entries(kept).map(([answer, figures]) => ({ answer, ...figures }))));
    } else say('cached: not measured, nginx is not installed (apt-get install nginx)');
    return {
      name: 'feed',
      ratio,
      goal: GOAL,
      baseline: 'bare node:http + pg on the same rows as the same role, CPU per page of the server process',
      figures: { uncached: { ratio, ...sides }, cached: kept },
    };
  });
