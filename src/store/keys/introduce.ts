import { randomBytes } from 'node:crypto';
import type { MasterKey } from '../../access/crypto/envelope';
import { schemeOf } from '../../access/crypto/signature';
import type { SuiteName } from '../../access/crypto/suite';
import { suiteOf } from '../../access/crypto/suites';
import type { KeyProvider, KeyPurpose } from '../../access/keyring';
import { publishedJwk } from '../../audit/signer';
import { insertKey, type Queries } from './table';

export interface Introduction {
  readonly purpose: KeyPurpose;
  readonly provider: KeyProvider;
  /** Seconds until every process has heard of it. */
  readonly settle: number;
}

const COUNT = 'select count(*)::int as keys from sealing_key where purpose = $1';
const ENQUEUE = `select enqueue('rotate-keys', json_build_object('purpose', $1::text), now() + make_interval(secs => $2), 'rotate-keys:' || $1)`;

/** Introduces a fresh key and orders the rest of the rotation. Undefined where one is under way for the purpose already. */
export async function introduceKey(db: Queries, master: MasterKey, wanted: Introduction): Promise<string | undefined> {
  const { purpose, provider, settle } = wanted;
  const { rows } = await db.query<{ keys: number }>(COUNT, [purpose]);
  const id = `${provider}-${rows[0]!.keys + 1}`;
  const signing = purpose === 'signing';
  const material = signing
    ? Buffer.from(schemeOf(provider).freshKey())
    : randomBytes(suiteOf(provider as SuiteName).keyBytes);
  const publicJwk = signing ? publishedJwk({ provider, material }) : null;
  const made = await insertKey(db, master, {
    purpose,
    id,
    provider,
    state: 'NEXT',
    material,
    publicJwk,
    readyIn: settle,
  });
  if (!made) return undefined;
  await db.query(ENQUEUE, [purpose, settle]);
  return id;
}
