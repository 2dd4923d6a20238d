import type { SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import type { DataKey, PurposeKeys } from './keyring';

/** 成对化名: one partner's name for one person; of no use to another partner, and not to be traced back to the person. */
export interface Pseudonyms {
  /** Stable for the partner until the key is rotated. */
  of(clientId: string, personId: string): string;
  /** The one before a rotation, while the old key is still read; so that a partner can rename what it keeps. */
  before(clientId: string, personId: string): string | null;
}

const LENGTH = 22; // 128 bits in base64url

/** Over the person's random id, so that neither a number's rotation nor its correction changes it. */
export function makePseudonyms(keys: PurposeKeys): Pseudonyms {
  const partnerKeys = new Map<string, Buffer>();
  const keyOf = ({ id, material, provider }: DataKey, clientId: string): Buffer => {
    const place = `${id}\n${clientId}`;
    const known = partnerKeys.get(place) ?? suiteOf(provider as SuiteName).mac(material, `partner\n${clientId}`);
    partnerKeys.set(place, known);
    return known;
  };
  const under = (key: DataKey, clientId: string, personId: string): string =>
    suiteOf(key.provider as SuiteName)
      .mac(keyOf(key, clientId), personId)
      .toString('base64url')
      .slice(0, LENGTH);
  return {
    of: (clientId, personId) => under(keys.current(), clientId, personId),
    before(clientId, personId) {
      const old = keys.readable().find(({ state }) => state === 'RETIRING');
      return old ? under(old, clientId, personId) : null;
    },
  };
}
