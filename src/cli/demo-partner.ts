import type { Client } from 'pg';

/** The partner system of the quickstart: a client that may ask for what every purpose names. */
export const DEMO_PARTNER = { clientId: 'demo-partner', name: '演示共享单位', agency: '演示共享单位' } as const;

const INSERT = `
  insert into partner (client_id, name, agency, purposes, fields, valid_from, valid_until)
  select $1, $2, $3, array_agg(code order by code), array(select distinct unnest(p.fields) from purpose p order by 1),
    date '2000-01-01', date '2099-12-31'
  from purpose having count(*) > 0
  on conflict (client_id) do update set purposes = excluded.purposes, fields = excluded.fields`;

/** Enters the demo partner with the purposes of today; sandbox only. */
export async function enterDemoPartner(owner: Client): Promise<void> {
  await owner.query(INSERT, [DEMO_PARTNER.clientId, DEMO_PARTNER.name, DEMO_PARTNER.agency]);
}
