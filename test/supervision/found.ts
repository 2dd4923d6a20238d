import { pageOfSupervision } from '../../resolvers/housing/supervision/finding-rows';
import type { Viewer } from '../../src/access/viewer';
import type { SupervisionFinding, SupervisionKind } from '../../schema/supervision/supervision-finding';
import { HONGSHAN, type Office } from '../commands/support/office';

/** What supervision is told of one kind on a day, at noon in Beijing. */
export async function found(
  { as }: Office,
  finding: `${SupervisionKind}`,
  day: string,
  region: string = HONGSHAN,
  viewer: Partial<Viewer> = {},
): Promise<SupervisionFinding[]> {
  const ctx = as(viewer);
  const hub = { ...ctx.hub, now: () => new Date(`${day}T04:00:00Z`) };
  const { nodes } = await pageOfSupervision({ ...ctx, hub }, region, { first: 200 });
  return nodes.filter((node) => node.finding === finding);
}
