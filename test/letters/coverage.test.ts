import fc from 'fast-check';
import { seedProperties } from '../support/seed';
import { acts, perform } from './acts';
import { World } from './world';

seedProperties();

/** The long form: `npm run long:letters`. */
const RUNS = Number(process.env.LETTERS_RUNS ?? 60);
const PATIENCE = 30_000 + RUNS * 1000;

describe('whatever happens to letters, signatures, households and cases [G6, RR-14]', () => {
  let world: World;
  beforeAll(async () => void (world = await World.open()));
  afterAll(() => world.close());

  it(
    'no agency is ever asked about anybody without a letter in force, and every letter stands where the law puts it',
    async () => {
      let [letters, inForce] = [0, 0];
      await fc.assert(
        fc.asyncProperty(acts, async (story) => {
          await world.begin();
          for (const home of [0, 1]) await perform(world, { do: 'OPEN', home });
          for (const act of story) {
            await perform(world, act);
            const expected = world.model.letters.map(({ id, state, reason }) => [id, `${state} ${reason}`] as const);
            expect(await world.letters()).toEqual(new Map(expected));
            inForce += world.model.letters.filter(({ state }) => state === 'ACTIVE').length;
          }
          letters += world.model.letters.length;
          expect(world.uncovered).toEqual([]);
        }),
        { numRuns: RUNS, endOnFailure: process.env.CI !== undefined },
      );
      expect(Math.min(letters, inForce, world.asked)).toBeGreaterThan(RUNS / 4); // or the stories say nothing // the stories were worth telling
    },
    PATIENCE,
  );
});
