import { randomBytes } from 'node:crypto';
import { makeMasterKey, type MasterKey } from '../../access/crypto/envelope';
import { FIRST_KEY, KEY_PURPOSES, type DataKey, type Keyring, type KeyPurpose } from '../../access/keyring';
import { publishedJwk } from '../../audit/signer';
import { LiveKeyring } from './live-keyring';
import { insertKey, KEYS, unwrapKey, type KeyRow, type Queries } from './table';

/** Keys a hub begins with, where its key table is empty; a purpose left out begins with a random one. */
export type FirstKeys = Readonly<Partial<Record<KeyPurpose, Buffer>>>;

export interface KeysPlan {
  readonly db: Queries;
  /** 32 bytes. */
  readonly masterSecret: Buffer;
  readonly first: FirstKeys;
}

/** The hub's keys: unwrapped once, held in memory, as fresh as {@link FRESH_MS} says. */
export interface HubKeys extends Keyring {
  /** Public halves of signing keys that sign no more. */
  formerSigners(): readonly Record<string, unknown>[];
  refresh(): Promise<void>;
  /** Refreshes where the last look at the table is too old: a process that slept has missed a rotation. */
  fresh(): Promise<void>;
}

/**
 * A process looks at the key table at least so often, and a key is used for writing no earlier than SETTLE_S after it was
 * introduced: so no row is sealed under a key that some process cannot open yet.
 */
export const FRESH_MS = 10_000;
export const SETTLE_S = 30;

/** Founds the key table where it is empty, and reads it. Throws ForeignMasterKey. */
export async function openKeys({ db, masterSecret, first }: KeysPlan): Promise<HubKeys> {
  const master = makeMasterKey(masterSecret);
  await foundKeys(db, master, first);
  const ring = new LiveKeyring();
  const unwrapped = new Map<string, Buffer>();
  let former: readonly Record<string, unknown>[] = [];
  let readAt = 0;
  const load = async () => {
    const began = performance.now();
    const { rows } = await db.query<KeyRow>(KEYS);
    for (const purpose of KEY_PURPOSES) {
      const own = rows.filter((row) => row.purpose === purpose);
      ring.replace(
        purpose,
        own.map((row) => keyOf(row, master, unwrapped)),
      );
    }
    former = rows.flatMap(({ public_jwk: jwk, state }) => (jwk && state === 'RETIRED' ? [jwk] : []));
    readAt = began;
  };
  /* One after another: who asks sees what was committed before. */
  let last: Promise<void> = Promise.resolve();
  const refresh = () => (last = last.then(load, load));
  await load();
  return {
    of: (purpose) => ring.of(purpose),
    formerSigners: () => former,
    refresh,
    fresh: async () => (performance.now() - readAt > FRESH_MS ? refresh() : undefined),
  };
}

function keyOf(row: KeyRow, master: MasterKey, unwrapped: Map<string, Buffer>): DataKey {
  const { purpose, id, provider, state } = row;
  const place = `${purpose} ${id}`;
  const material = row.wrapped === null ? Buffer.alloc(0) : (unwrapped.get(place) ?? unwrapKey(master, row));
  if (row.wrapped) unwrapped.set(place, material);
  return { id, provider, state, material };
}

async function foundKeys(db: Queries, master: MasterKey, first: FirstKeys): Promise<void> {
  const { rows } = await db.query<{ purpose: string }>('select distinct purpose from sealing_key');
  const founded = new Set(rows.map(({ purpose }) => purpose));
  for (const purpose of KEY_PURPOSES.filter((each) => !founded.has(each))) {
    const given = first[purpose];
    if (purpose === 'signing' && !given) continue;
    const material = given ?? randomBytes(32);
    const signing = purpose === 'signing' ? ({ id: 'es256-1', provider: 'es256' } as const) : undefined;
    const named = signing ?? ({ id: FIRST_KEY, provider: 'aes' } as const);
    const publicJwk = signing ? publishedJwk({ provider: 'es256', material }) : null;
    await insertKey(db, master, { ...named, purpose, material, publicJwk, state: 'CURRENT', readyIn: 0 });
  }
}
