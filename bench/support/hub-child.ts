import 'reflect-metadata';
import type { HubOrder, HubReady } from './hub';
import { leaveOut } from './leave-out';

/** The process of a hub under measurement. Argument: a HubOrder. What is left out goes before anything of it is loaded. */
async function serve(order: HubOrder): Promise<void> {
  leaveOut(order.without);
  const { openHub } = await import('./open-hub.js');
  const { url } = await openHub(order);
  process.send?.({ url } satisfies HubReady);
}

process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
serve(JSON.parse(process.argv[2]!) as HubOrder).catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
