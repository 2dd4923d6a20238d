import { execute, parse, type GraphQLSchema } from 'graphql';
import { subgraphs } from '../../../resolvers';
import { ROLES, type PurposeGrant, type Viewer } from '../../../src/access/viewer';
import { makeSubgraph } from '../../../src/server/subgraph';
import { resolvePurpose } from '../../../src/store/purposes';
import { CLASSIFIED } from './by-hand';
import { judgeOf } from './judge';
import type { Planted } from './planted';
import { documentsOf, DRESSES, sightsIn, waysFrom, type Sight } from './ways';

const names = new Set(CLASSIFIED.keys());
const HEAD = 'query ($keys: [_Any!]!)';
const CALL = '_entities(representations: $keys)';

/** The door behind the gateway: `_entities` of every subgraph, asked as the gateway asks. */
export function describeEntities(plantedWorld: () => Planted, exhaustive: number): void {
  const withEntities = subgraphs.filter(({ references }) => Object.keys(references).length > 0);
  describe.each(withEntities)('_entities of $name', (parts) => {
    const eyes = { now: () => new Date(), maskOf: () => 'STRICT_6_1' as const };
    let schema: GraphQLSchema;
    beforeAll(() => void (schema = makeSubgraph(parts, eyes).schema));

    it.each(ROLES)('shows a %s of every field, by every way, what the policy says and no more', async (role) => {
      const planted = plantedWorld();
      const { running, as, eldest, file } = planted;
      const viewer = viewerOf(planted, as(role)!);
      const live = await resolvePurpose(running.hub, viewer, planted.purposeIn(role, 'file'));
      for (const grant of [null, live]) {
        const judge = judgeOf(planted, role, grant && file);
        const { sights, texts } = await askAll(viewer, grant);
        expect(judge.excess(sights)).toEqual([]);
        expect(texts.flatMap((text) => judge.leaks(text))).toEqual([]);
        const ofEldest = sights.filter(({ person }) => person === eldest.id);
        for (const { way, field, value } of ofEldest)
          expect([way, judge.appearances(field)]).toEqual([way, expect.arrayContaining([value])]);
        if (grant && role === 'COUNTY_HOUSING')
          expect(ways().filter((way) => !ofEldest.some((sight) => sight.way === plainly(way)))).toEqual([]);
      }
    });

    const ways = () =>
      waysFrom(schema.getQueryType()!, schema, names, { exhaustive, deepest: 8 }).filter(
        ([root]) => root === '_entities',
      );

    async function askAll(viewer: Viewer, grant: PurposeGrant | null): Promise<{ sights: Sight[]; texts: string[] }> {
      const { running, file } = plantedWorld();
      const keys = Object.keys(parts.references).flatMap((type) =>
        (type === 'Person' ? file.members.map(({ id }) => id) : [file.householdId]).map((id) => ({
          ...{ __typename: type, id },
        })),
      );
      const [sights, texts]: [Sight[], string[]] = [[], []];
      for (const dress of DRESSES)
        for (const text of documentsOf(schema.getQueryType()!, schema, ways(), { call: CALL, head: HEAD, dress })) {
          const contextValue = { hub: running.hub, viewer, purpose: grant, requestId: 'entities', loaders: new Map() };
          const answer = await execute({ schema, document: parse(text), contextValue, variableValues: { keys } });
          expect([text, answer.errors]).toEqual([text, undefined]);
          sights.push(...sightsIn(answer.data, names));
          texts.push(JSON.stringify(answer));
        }
      return { sights, texts };
    }
  });
}

const plainly = (way: readonly string[]): string => way.filter((name) => !name.endsWith('!')).join('.');

function viewerOf({ running }: Planted, { role, region, sub }: NonNullable<ReturnType<Planted['as']>>): Viewer {
  const regions = running.hub.regions.scopeOf(region);
  return { subject: sub!, issuer: running.issuer.issuer, role, office: region, regions };
}
