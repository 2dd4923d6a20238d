import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { Client } from 'pg';
import { documentHash } from '../../access/document-hash';
import { actingAs } from '../../audit/writes';
import { systemViewer } from '../../context';
import { asOwner } from '../../store/owner';
import { Refusal } from '../refusal';

/** A partner system about to be known. */
export interface NewPartner {
  readonly clientId: string;
  readonly name: string;
  readonly agency: string;
  /** 统一社会信用代码 of the agency. */
  readonly creditCode?: string;
  readonly keys: readonly JWK[];
}

export interface NewGrant {
  readonly clientId: string;
  readonly purpose: string;
  /** As `source.field`; all that the purpose names when left out. */
  readonly fields?: readonly string[];
  readonly regions: readonly string[];
  readonly dailyPersons: number;
  /** 'YYYY-MM-DD', both inclusive. */
  readonly validFrom: string;
  readonly validUntil: string;
}

export interface NewDocument {
  readonly clientId: string;
  readonly name: string;
  readonly text: string;
  readonly purpose: string;
  readonly clause: string;
  readonly rowCap: number;
}

/** The registry of partners as the operator changes it: each act one transaction, written to the write log. */
export interface Registry {
  add(partner: NewPartner): Promise<void>;
  setKeys(clientId: string, keys: readonly JWK[]): Promise<void>;
  /** Puts a grant in the place of the one in force for the same purpose. Returns its id. */
  grant(grant: NewGrant): Promise<string>;
  /** Ends the grants of a partner, of one purpose or of all, at once. Returns how many. */
  revoke(clientId: string, purpose?: string): Promise<number>;
  /** Registers a document, in the place of one of the same text. Returns its hash. */
  register(document: NewDocument): Promise<string>;
  /** Withdraws a document by hash, or all of a name. Returns how many. */
  withdraw(clientId: string, which: string): Promise<number>;
}

const ADD =
  'insert into partner (client_id, name, agency, keys, credit_code) values ($1, $2, $3, $4, $5) on conflict do nothing';
const REVOKE = `update sharing_grant set revoked_at = now() where client_id = $1 and ($2::text is null or purpose = $2) and revoked_at is null`;
const GRANT = `
  insert into sharing_grant (id, client_id, purpose, fields, regions, daily_persons, valid_from, valid_until, granted_at)
  select $1, $2, code, coalesce($4, fields), $5, $6, $7, $8, now() from purpose where code = $3`;
const WITHDRAW = `update partner_document set withdrawn_at = now() where client_id = $1 and (hash = $2 or name = $2) and withdrawn_at is null`;
const REGISTER = `
  insert into partner_document (id, client_id, hash, name, text, purpose, clause, row_cap, registered_at)
  select $1, $2, $3, $4, $5, code, $7, $8, now() from purpose where code = $6`;

/** On a connection of the owner. Refuses what names no partner, purpose, field or region. */
export function registryOn(owner: Client): Registry {
  const changed = async (text: string, values: unknown[]) => (await owner.query(text, values)).rowCount ?? 0;
  const act = <T>(verb: string, work: () => Promise<T>) => acting(owner, verb, work);
  return {
    add: ({ clientId, name, agency, keys, creditCode }) =>
      act('addPartner', async () => {
        if (!(await changed(ADD, [clientId, name, agency, JSON.stringify(keys), creditCode ?? null])))
          throw new Refusal(`The partner ${clientId} is known already.`);
      }),
    setKeys: (clientId, keys) =>
      act('setPartnerKeys', async () => {
        if (!(await changed('update partner set keys = $2 where client_id = $1', [clientId, JSON.stringify(keys)])))
          throw unknown(clientId);
      }),
    grant: (grant) => act('grantSharing', () => addGrant(owner, grant)),
    revoke: (clientId, purpose) => act('revokeSharing', () => changed(REVOKE, [clientId, purpose ?? null])),
    register: (document) => act('registerDocument', () => addDocument(owner, document)),
    withdraw: (clientId, which) =>
      act('withdrawDocument', () => changed(WITHDRAW, [clientId, which.replace(/^sha256:/, '')])),
  };
}

const unknown = (clientId: string): Refusal =>
  new Refusal(`There is no partner ${clientId}: see npm run hub -- partner list.`);

async function addGrant(owner: Client, grant: NewGrant): Promise<string> {
  const { clientId, purpose, fields, regions, dailyPersons, validFrom, validUntil } = grant;
  await requirePartner(owner, clientId);
  const strange = await owner.query<{ what: string }>(
    `select 'region ' || r as what from unnest($1::text[]) r where not exists (select from region where code = r)
     union all select 'field ' || f from unnest($2::text[]) f where not exists (select from purpose where code = $3 and f = any (fields))`,
    [regions, fields ?? [], purpose],
  );
  if (strange.rows.length > 0)
    throw new Refusal(
      `The purpose ${purpose} or the hub does not know: ${strange.rows.map(({ what }) => what).join(', ')}.`,
    );
  await owner.query(REVOKE, [clientId, purpose]);
  const id = randomUUID();
  const values = [id, clientId, purpose, fields ?? null, regions, dailyPersons, validFrom, validUntil];
  if (!(await owner.query(GRANT, values)).rowCount) throw new Refusal(`There is no purpose ${purpose}.`);
  return id;
}

async function addDocument(
  owner: Client,
  { clientId, name, text, purpose, clause, rowCap }: NewDocument,
): Promise<string> {
  await requirePartner(owner, clientId);
  const hash = documentHash(text);
  if (!hash) throw new Refusal(`${name} is no GraphQL document.`);
  await owner.query(WITHDRAW, [clientId, hash]);
  const { rowCount } = await owner.query(REGISTER, [randomUUID(), clientId, hash, name, text, purpose, clause, rowCap]);
  if (!rowCount) throw new Refusal(`There is no purpose ${purpose}.`);
  return hash;
}

async function requirePartner(owner: Client, clientId: string): Promise<void> {
  const { rowCount } = await owner.query('select from partner where client_id = $1 for update', [clientId]);
  if (!rowCount) throw unknown(clientId);
}

/** In one transaction, whose changes the tables write to the log in the name of the command. */
async function acting<T>(owner: Client, verb: string, work: () => Promise<T>): Promise<T> {
  const by = { viewer: systemViewer('hub', [], 'hub partner'), requestId: `hub-partner:${randomUUID()}` };
  await owner.query('begin');
  try {
    await owner.query(actingAs(by, verb));
    const result = await work();
    await owner.query('commit');
    return result;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

/** Works on the registry of a database, on a connection for the time of the work. */
export const withRegistry = <T>(ownerUrl: string, work: (registry: Registry) => Promise<T>): Promise<T> =>
  asOwner(ownerUrl, (owner) => work(registryOn(owner)));
