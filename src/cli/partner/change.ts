import { settings } from '../settings';
import { withServer } from '../server';
import type { Registry } from './registry';

/** Changes the registry of this configuration's database, beside a running hub or without one. */
export async function change(what: string, work: (registry: Registry) => Promise<void>): Promise<void> {
  const { withRegistry } = await import('./registry.js');
  await withServer(settings(), `hub partner ${what}`, ({ ownerUrl }) => withRegistry(ownerUrl, work));
}
