import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { Pool } from 'pg';
import type { SignedDocument } from '../audit/signer';

/** What a partner, a document and a day have to say of a request; nulls where there is no such document, no such grant. */
export interface Admission {
  readonly text: string | null;
  readonly hash: string | null;
  readonly purpose: string | null;
  readonly clause: string | null;
  readonly rowCap: number | null;
  readonly grantId: string | null;
  readonly fields: readonly string[] | null;
  readonly regions: readonly string[] | null;
}

const ADMISSION = {
  name: 'partner-admission',
  text: `
    select d.text, d.hash, d.purpose, d.clause, d.row_cap as "rowCap", g.id as "grantId", g.fields, g.regions
    from partner p
    left join partner_document d on d.client_id = p.client_id and d.hash = $2 and d.withdrawn_at is null
    left join sharing_grant g on g.client_id = p.client_id and g.purpose = d.purpose and g.revoked_at is null
      and $3::date between g.valid_from and g.valid_until
    where p.client_id = $1`,
};

/** Read at every request, so that a grant that ends ends now. Undefined for a partner nobody knows. */
export async function readAdmission(
  app: Pool,
  clientId: string,
  hash: string | null,
  day: string,
): Promise<Admission | undefined> {
  return (await app.query<Admission>({ ...ADMISSION, values: [clientId, hash, day] })).rows[0];
}

const IN_FORCE = {
  name: 'grant-in-force',
  text: 'select from sharing_grant where id = $1 and revoked_at is null and $2::date between valid_from and valid_until',
};

/** Is this grant in force on a day? Of a work that takes longer than a request. */
export async function grantInForce(app: Pick<Pool, 'query'>, grantId: string | null, day: string): Promise<boolean> {
  return grantId !== null && (await app.query({ ...IN_FORCE, values: [grantId, day] })).rowCount === 1;
}

/** Public keys of a partner; none for one nobody knows. */
export async function partnerKeys(app: Pool, clientId: string): Promise<JWK[]> {
  const query = { name: 'partner-keys', text: 'select keys from partner where client_id = $1', values: [clientId] };
  return (await app.query<{ keys: JWK[] }>(query)).rows[0]?.keys ?? [];
}

const USE = {
  name: 'use-assertion',
  text: `
    with expired as (delete from used_assertion where expires_at < least($4::timestamptz, now()) - interval '10 minutes')
    insert into used_assertion (client_id, jti, expires_at) values ($1, sha256(convert_to($2, 'UTF8')), $3) on conflict do nothing`,
};

/**
 * Marks a client assertion as used; false when it was used before, by whichever process. `until`: it is expired from then on.
 * It is forgotten later than that, by the slower of two clocks: one that has run ahead opens no way for a replay.
 */
export async function useAssertion(app: Pool, clientId: string, jti: string, until: Date, now: Date): Promise<boolean> {
  return (await app.query({ ...USE, values: [clientId, jti, until, now] })).rowCount === 1;
}

/** A receipt as the hub keeps it: not its text, but what proves which text was given. */
export interface KeptReceipt {
  readonly at: Date;
  readonly clientId: string;
  readonly purpose: string;
  readonly documentHash: string;
  readonly requestHash: string;
  readonly requestId: string;
  readonly signed: SignedDocument;
}

const KEEP = {
  name: 'keep-receipt',
  text: `insert into receipt (id, at, client_id, purpose, document_hash, request_hash, hash, signature, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

export async function keepReceipt(app: Pool, receipt: KeptReceipt): Promise<void> {
  const { at, clientId, purpose, documentHash, requestHash, requestId, signed } = receipt;
  const values = [
    randomUUID(),
    at,
    clientId,
    purpose,
    documentHash,
    requestHash,
    signed.hash,
    signed.signature,
    requestId,
  ];
  await app.query({ ...KEEP, values });
}
