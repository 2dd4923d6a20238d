import type { Client } from 'pg';
import { registryOn, withRegistry, type Registry } from './partner/registry';

/** The partner system of the quickstart: a client that may ask for what every purpose names. */
export const DEMO_PARTNER = { clientId: 'demo-partner', name: '演示共享单位' } as const;

const DAILY_PERSONS = 1000;

/** Enters the demo partner with the purposes of today; sandbox only. */
export async function enterDemoPartner(owner: Client): Promise<void> {
  const { clientId, name } = DEMO_PARTNER;
  const registry = registryOn(owner);
  const { rowCount } = await owner.query('select from partner where client_id = $1', [clientId]);
  if (!rowCount) await registry.add({ clientId, name, agency: name, keys: [] });
  for (const purpose of await ungranted(owner)) await grantAll(registry, purpose);
}

const grantAll = (registry: Registry, purpose: string): Promise<string> =>
  registry.grant({
    clientId: DEMO_PARTNER.clientId,
    ...{
      purpose,
      regions: ['15', '45'],
      dailyPersons: DAILY_PERSONS,
      validFrom: '2000-01-01',
      validUntil: '2099-12-31',
    },
  });

/** Purposes without a grant that names all their fields. */
async function ungranted(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ code: string }>(
    `select code from purpose p where not exists (
       select from sharing_grant g where g.client_id = $1 and g.purpose = p.code and g.revoked_at is null and g.fields @> p.fields)`,
    [DEMO_PARTNER.clientId],
  );
  return rows.map(({ code }) => code);
}

/** Registers the query that the start prints, in the place of that of the start before. */
export async function registerDemoDocument(ownerUrl: string, text: string, purpose: string): Promise<void> {
  const { clientId } = DEMO_PARTNER;
  const document = { clientId, name: 'demo', text, purpose, clause: '演示', rowCap: 20 };
  await withRegistry(ownerUrl, async (registry) => {
    await registry.withdraw(clientId, document.name);
    await registry.register(document);
  });
}
