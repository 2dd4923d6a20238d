import { timingSafeEqual } from 'node:crypto';
import { HubError } from '../errors';
import type { SuiteName } from './crypto/suite';
import { suiteOf } from './crypto/suites';
import { keysOf, type DataKey, type PurposeKeys } from './keyring';

/** What a purpose token names. It proves nothing by itself: case and letter are looked up at every use. */
export interface PurposeClaim {
  readonly caseId: string;
  readonly letterId: string;
  /** Principal it was issued to; of no use to another. */
  readonly principal: string;
}

export interface PurposeTokens {
  issue(claim: PurposeClaim): string;
  /** Throws PURPOSE_DEAD for a forged, foreign or malformed token. */
  read(token: string, principal: string): PurposeClaim;
}

/** Of one spelling: nothing before, behind or between that a lenient reader would skip. */
const FORM = /^([\w-]+)\.([\w-]+)$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `x-purpose` tokens: case, letter and principal under a keyed hash; those of a key that is not retired are still read. */
export function makePurposeTokens(given: Buffer | PurposeKeys): PurposeTokens {
  const keys = keysOf(given);
  const sign = ({ material, provider }: DataKey, body: string) => suiteOf(provider as SuiteName).mac(material, body);
  return {
    issue({ caseId, letterId, principal }) {
      const body = Buffer.from([caseId, letterId, principal].join(' ')).toString('base64url');
      return `${body}.${sign(keys.current(), body).toString('base64url')}`;
    },
    read(token, principal) {
      const [, body = '', signature = ''] = FORM.exec(token) ?? [];
      const proof = Buffer.from(signature, 'base64url');
      const [caseId = '', letterId = '', ...rest] = Buffer.from(body, 'base64url').toString('utf8').split(' ');
      const spelt = proof.toString('base64url') === signature;
      const genuine = keys.readable().some((key) => {
        const right = sign(key, body);
        return proof.length === right.length && timingSafeEqual(proof, right);
      });
      if (!spelt || !genuine || rest.join(' ') !== principal || !UUID.test(caseId) || !UUID.test(letterId))
        throw new HubError('PURPOSE_DEAD', 'x-purpose');
      return { caseId, letterId, principal };
    },
  };
}
