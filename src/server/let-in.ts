import type { FastifyRequest } from 'fastify';
import { principalOf, type Viewer } from '../access/viewer';
import type { Hub } from '../context';
import type { Authenticate } from './authenticate';
import type { Guard } from './limits/guard';

/** What a door needs to let in bearers of a token. */
export interface Reception {
  readonly hub: Hub;
  readonly guard: Guard;
  readonly authenticate: Authenticate;
}

/**
 * Before the body is read: a place, a token that is believed, and not too many requests of its bearer. A client's token that is
 * not believed counts for its address.
 * @param requests as how many this one counts
 */
export async function letIn(
  { hub, guard, authenticate }: Reception,
  { headers, raw }: FastifyRequest,
  requests: number,
): Promise<Viewer> {
  guard.admission.refuseFull();
  await hub.keys.fresh();
  const asker = await authenticate(headers.authorization).catch(async (error: unknown) => {
    await guard.rates.strangers.take(guard.addressOf(raw));
    throw error;
  });
  await guard.rates.clients.take(principalOf(asker), requests);
  return asker;
}
