import 'reflect-metadata';
import { subgraphs } from '../../resolvers';
import { makeHub, type HubParts } from '../../src/cli/make-hub';
import { loadConfig } from '../../src/config';
import { startSubgraphs } from '../../src/server/start';

/** What the parent tells a process of subgraphs. Secrets and database logins come from the environment. */
export interface SubgraphsOrder {
  readonly names: readonly string[];
  readonly hub: Pick<HubParts, 'ownerUrl' | 'signingKeyPem' | 'agencies' | 'patience'>;
}

/** Subgraphs of a running hub of the tests in a process of their own; it ends with its parent. */
async function serve({ names, hub: parts }: SubgraphsOrder): Promise<void> {
  const hub = await makeHub({ config: loadConfig(), ...parts });
  const chosen = subgraphs.filter(({ name }) => names.includes(name));
  const { url } = await startSubgraphs(hub, { subgraphs: chosen, pendingMigrations: async () => [] });
  process.send?.({ url });
}

process.once('disconnect', () => process.exit(0));
process.once('message', (order: SubgraphsOrder) => {
  serve(order).catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exit(1);
  });
});
