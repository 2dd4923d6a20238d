import { setImmediate } from 'node:timers/promises';
import { committedSupergraph } from '../committed-supergraph';

/** The program a start needs, in the order in which it needs it, in pieces of a few hundredths of a second. */
const PIECES: readonly (() => Promise<unknown>)[] = [
  () => import('../prepare.js'),
  () => import('./sandbox.js'),
  () => import('../../../resolvers/permission.js'),
  () => import('../../../resolvers/disclosure/registered-object.js'),
  () => import('../../../resolvers/housing/household.js'),
  () => import('../../../resolvers/housing/admission/application.js'),
  () => import('../../../resolvers/housing/tenancy/tenancy.js'),
  () => import('../../../resolvers/sharing/cross-check.js'),
  () => import('../../../resolvers/index.js'),
  () => import('pg'),
  () => import('jose'),
  () => import('@graphql-hive/router-runtime'),
  () => import('../../server/graph.js'),
  () => import('fastify'),
  () => import('../../server/http.js'),
  () => import('../../server/start.js'),
  () => import('rate-limiter-flexible'),
  () => import('./doors.js'),
  async () => (await import('../../server/graph.js')).readSupergraph(committedSupergraph()),
  () => draft('housing'),
];

async function draft(name: string): Promise<void> {
  const { subgraphs } = await import('../../../resolvers/index.js');
  const { draftSubgraph } = await import('../../server/subgraph.js');
  draftSubgraph(subgraphs.find((each) => each.name === name)!);
}

/**
 * Loads while PostgreSQL makes ready and answers what a start asks it: between two pieces its answers are taken in. What
 * cannot be loaded is told where it is needed.
 */
export async function loadMeanwhile(): Promise<void> {
  for (const load of PIECES) {
    await load().catch(() => undefined);
    await setImmediate();
  }
}
