import { freshIv } from './crypto/fresh-iv';
import { IV_BYTES, TAG_BYTES, type SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import { FIRST_KEY, keysOf, type DataKey, type PurposeKeys } from './keyring';

/** Where a sealed value lives; bound into the seal, so that two rows' values swapped do not open (security.md §4). */
export interface SealPlace {
  readonly table: string;
  readonly row: string;
  readonly column: string;
}

/** A citizen number's blind index under the current key, and under the next one while that is being introduced. */
export interface Marks {
  readonly index: Buffer;
  readonly indexKey: string;
  readonly next: Buffer | null;
  readonly nextKey: string | null;
}

/** Seals and finds citizen numbers: a cipher for keeping, a keyed hash for equality, keys of their own for each. */
export interface Seal {
  /** Id of the key that seals now. */
  readonly keyId: string;
  seal(clear: string, place: SealPlace): Buffer;
  /** Throws SealBroken when the bytes were changed, moved to another place or sealed under a key that is not known. */
  open(sealed: Buffer, place: SealPlace): string;
  /** Blind index of a normalised citizen number under the current key. */
  index(idNumber: string): Buffer;
  /** All that a row must carry to be found now and after a rotation. */
  marks(idNumber: string): Marks;
  /** Short digests of texts, to lay those beside each other who share one: under a key of their own, made of the index key that is in use. */
  blocks(texts: readonly string[]): Blocks;
}

/** 36 bits each, as decimal numbers: eleven digits at most, so that no digest ever reads as a piece of a citizen number. */
export interface Blocks {
  readonly key: string;
  readonly digests: readonly string[];
}

/** Never says of what. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed value does not open: changed, moved, or sealed under an unknown key');
    this.name = 'SealBroken';
  }
}

/** What a hub of before the key table wrote: no header, under the first key by this name. */
const BARE = 'k1';

/** @param indexKeys a key, or those of the key table. */
export function makeSeal(sealKeys: Buffer | PurposeKeys, indexKeys: Buffer | PurposeKeys): Seal {
  const [sealing, indexing] = [keysOf(sealKeys), keysOf(indexKeys)];
  const mark = (key: DataKey, idNumber: string) => suite(key).mac(key.material, idNumber);
  const blockKeys = new WeakMap<Buffer, Buffer>();
  const blockKeyOf = (key: DataKey): Buffer => {
    const known = blockKeys.get(key.material) ?? mark(key, 'blocks');
    blockKeys.set(key.material, known);
    return known;
  };
  return {
    get keyId() {
      return sealing.current().id;
    },
    seal: (clear, place) => sealUnder(sealing.current(), clear, place),
    open: (sealed, place) => openWith(sealing, sealed, place),
    index: (idNumber) => mark(indexing.current(), idNumber),
    marks(idNumber) {
      const [current, next] = [indexing.current(), indexing.next()];
      return {
        index: mark(current, idNumber),
        indexKey: current.id,
        next: next ? mark(next, idNumber) : null,
        nextKey: next?.id ?? null,
      };
    },
    blocks(texts) {
      const key = indexing.current();
      const own = blockKeyOf(key);
      const digests = texts.map((text) => shortened(suite(key).mac(own, text)));
      return { key: key.id, digests };
    },
  };
}

const shortened = (mac: Buffer): string => String(Math.floor(mac.readUIntBE(0, 5) / 16));

const suite = ({ provider }: DataKey) => suiteOf(provider as SuiteName);

const boundTo = ({ table, row, column }: SealPlace, keyId: string) =>
  Buffer.from(`${table}\n${row}\n${column}\n${keyId}`);

/** Header (length and id of the key), IV, body, tag. */
function sealUnder(key: DataKey, clear: string, place: SealPlace): Buffer {
  const iv = freshIv();
  return suite(key).encrypt(key.material, iv, clear, boundTo(place, key.id), [headerOf(key.id), iv]);
}

const headers = new Map<string, Buffer>();
function headerOf(id: string): Buffer {
  const known = headers.get(id) ?? Buffer.from(`${String.fromCharCode(id.length)}${id}`, 'latin1');
  headers.set(id, known);
  return known;
}

/** Id of the key that a value says it is sealed under. */
export const sealedUnder = (sealed: Buffer): string => sealed.toString('latin1', 1, 1 + (sealed[0] ?? 0));

function openWith(keys: PurposeKeys, sealed: Buffer, place: SealPlace): string {
  const id = sealedUnder(sealed);
  const named = keys.find(id);
  const key = named ?? keys.find(FIRST_KEY);
  const from = named ? 1 + id.length : 0;
  if (!key || key.material.length === 0 || sealed.length < from + IV_BYTES + TAG_BYTES) throw new SealBroken();
  try {
    const bound = boundTo(place, named ? id : BARE);
    const body = sealed.subarray(from + IV_BYTES);
    return suite(key)
      .decrypt(key.material, sealed.subarray(from, from + IV_BYTES), body, bound)
      .toString('utf8');
  } catch {
    throw new SealBroken();
  }
}

/** Place of a person's own citizen number. */
export const personNumber = (personId: string): SealPlace => ({ table: 'person', row: personId, column: 'id_number' });
