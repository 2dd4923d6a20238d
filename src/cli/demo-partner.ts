import type { Client } from 'pg';

/** The partner system of the quickstart: a client that may ask for what every purpose names. */
export const DEMO_PARTNER = { clientId: 'demo-partner', name: '演示共享单位' } as const;

const INSERT = `
  insert into partner (client_id, name, agency, purposes, fields, valid_from, valid_until)
  select $1, $2, $2, array(select code from purpose order by code), array(select distinct unnest(fields) from purpose order by 1),
    date '2000-01-01', date '2099-12-31'
  on conflict (client_id) do update set purposes = excluded.purposes, fields = excluded.fields
  where (partner.purposes, partner.fields) is distinct from (excluded.purposes, excluded.fields)`;

/** Enters the demo partner with the purposes of today; sandbox only. */
export const enterDemoPartner = async (owner: Client): Promise<void> =>
  void (await owner.query(INSERT, [DEMO_PARTNER.clientId, DEMO_PARTNER.name]));
