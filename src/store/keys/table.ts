import type { KeyProvider, KeyPurpose, KeyState } from '../../access/keyring';
import type { MasterKey } from '../../access/crypto/envelope';
import type { SuiteName } from '../../access/crypto/suite';

/** A connection or a pool that may read the key table; to found, introduce or retire keys, the engine's or the owner's. */
export interface Queries {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** A key as the table holds it. */
export interface KeyRow {
  readonly purpose: KeyPurpose;
  readonly id: string;
  readonly provider: KeyProvider;
  readonly state: KeyState;
  readonly wrapped: Buffer | null;
  readonly wrapped_by: string;
  readonly public_jwk: Record<string, unknown> | null;
}

export const KEYS = `select purpose, id, provider, state, wrapped, wrapped_by, public_jwk from sealing_key order by purpose, created_at, id`;

const INSERT = `
  insert into sealing_key (purpose, id, provider, state, wrapped, wrapped_by, public_jwk, ready_at)
  values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8)) on conflict do nothing`;

export interface FreshKey {
  readonly purpose: KeyPurpose;
  readonly id: string;
  readonly provider: KeyProvider;
  readonly state: 'NEXT' | 'CURRENT';
  readonly material: Buffer;
  readonly publicJwk: Record<string, unknown> | null;
  readonly readyIn: number;
}

/** Suite under which a key is wrapped: that of its own country. */
const wrappingSuite = (provider: KeyProvider): SuiteName => (provider === 'sm' || provider === 'sm2' ? 'sm' : 'aes');
const placeOf = (purpose: string, id: string): string => `sealing_key\n${purpose}\n${id}`;

type Named = Pick<KeyRow, 'purpose' | 'id' | 'provider'>;

export const wrapKey = (master: MasterKey, { purpose, id, provider }: Named, material: Buffer): Buffer =>
  master.wrap(wrappingSuite(provider), material, placeOf(purpose, id));

/** False where a key of that purpose and state is there already. */
export async function insertKey(db: Queries, master: MasterKey, key: FreshKey): Promise<boolean> {
  const { purpose, id, provider, state, material, publicJwk, readyIn } = key;
  const wrapped = wrapKey(master, key, material);
  const jwk = publicJwk && JSON.stringify(publicJwk);
  const { rowCount } = await db.query(INSERT, [purpose, id, provider, state, wrapped, master.name, jwk, readyIn]);
  return rowCount === 1;
}

/** The table holds keys that this master key does not open. */
export class ForeignMasterKey extends Error {
  constructor() {
    super('HUB_MASTER_KEY does not open the keys of this database: give the one it was made with.');
    this.name = 'ForeignMasterKey';
  }
}

export function unwrapKey(master: MasterKey, { purpose, id, provider, wrapped }: KeyRow): Buffer {
  if (!wrapped) return Buffer.alloc(0);
  try {
    return master.unwrap(wrappingSuite(provider), wrapped, placeOf(purpose, id));
  } catch {
    throw new ForeignMasterKey();
  }
}
