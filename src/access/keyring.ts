import type { SuiteName } from './crypto/suite';

/** What a key is for; no key serves two purposes. */
export const KEY_PURPOSES = [
  'seal',
  'index',
  'cursor',
  'purpose',
  'service',
  'signing',
  'pseudonym',
  'objector',
] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/**
 * NEXT: introduced, read by all, used by none yet (an index key: written beside the current one). READY: an index key that
 * every writer must write. CURRENT: in use. RETIRING: read only. RETIRED: its material is destroyed.
 */
export const KEY_STATES = ['NEXT', 'READY', 'CURRENT', 'RETIRING', 'RETIRED'] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** Suites of data keys, and the signature algorithms of signing keys. */
export type KeyProvider = SuiteName | 'es256' | 'sm2';

/** 数据密钥, unwrapped, in memory only. */
export interface DataKey {
  /** '<provider>-<number>', unique in its purpose: 'aes-1', 'sm-2'. */
  readonly id: string;
  readonly provider: KeyProvider;
  readonly state: KeyState;
  /** Of a signing key its private key as its scheme writes it; empty once retired. */
  readonly material: Buffer;
}

/** Id of the key a hub begins with. */
export const FIRST_KEY = 'aes-1';

/** The keys of one purpose, as they are at this moment. */
export interface PurposeKeys {
  current(): DataKey;
  /** Not in use yet: NEXT or READY. */
  next(): DataKey | undefined;
  /** The current one first; not the retired. */
  readable(): readonly DataKey[];
  /** By id, the retired that this process has known included. */
  find(id: string): DataKey | undefined;
}

/** The keys of all purposes. */
export interface Keyring {
  of(purpose: KeyPurpose): PurposeKeys;
}

/** One key that never changes: for what lives outside a key table. */
export function soleKey(material: Buffer, id = FIRST_KEY): PurposeKeys {
  const provider = id.split('-')[0] as KeyProvider;
  const key: DataKey = { id, provider, state: 'CURRENT', material };
  return {
    current: () => key,
    next: () => undefined,
    readable: () => [key],
    find: (wanted) => (wanted === id ? key : undefined),
  };
}

export const keysOf = (given: Buffer | PurposeKeys): PurposeKeys => (Buffer.isBuffer(given) ? soleKey(given) : given);
