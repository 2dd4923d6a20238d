import { rowKeyIn, sealedRowKey } from './row-key';
import type { Seal, SealPlace } from './seal';

/** 摘要: tells whether something was there before, and not what. Each row has a key of its own, so that no two can be compared. */
export interface ItemDigests {
  of(item: string): string;
}

/** Place of a row's own key. */
export const digestKey = (row: string): SealPlace => ({ table: 'watch_mark', row, column: 'key' });

export const sealedDigestKey = (row: string, seal: Seal): Buffer => sealedRowKey(digestKey(row), seal);

export function digestsUnder(sealed: Buffer, row: string, seal: Seal): ItemDigests {
  const { suite, material } = rowKeyIn(sealed, digestKey(row), seal);
  return { of: (item) => suite.mac(material, item).toString('hex') };
}
