import { createHmac, timingSafeEqual } from 'node:crypto';
import { HubError } from '../errors';

/** What a purpose token names. It proves nothing by itself: case and letter are looked up at every use. */
export interface PurposeClaim {
  readonly caseId: string;
  readonly letterId: string;
  /** Subject it was issued to; of no use to another. */
  readonly subject: string;
}

export interface PurposeTokens {
  issue(claim: PurposeClaim): string;
  /** Throws PURPOSE_DEAD for a forged, foreign or malformed token. */
  read(token: string, subject: string): PurposeClaim;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `x-purpose` tokens: case, letter and subject under an HMAC. */
export function makePurposeTokens(key: Buffer): PurposeTokens {
  const sign = (body: string) => createHmac('sha256', key).update(body).digest();
  return {
    issue({ caseId, letterId, subject }) {
      const body = Buffer.from([caseId, letterId, subject].join(' ')).toString('base64url');
      return `${body}.${sign(body).toString('base64url')}`;
    },
    read(token, subject) {
      const [body = '', signature = ''] = token.split('.');
      const given = Buffer.from(signature, 'base64url');
      const right = sign(body);
      const [caseId = '', letterId = '', ...rest] = Buffer.from(body, 'base64url').toString('utf8').split(' ');
      const genuine = given.length === right.length && timingSafeEqual(given, right);
      if (!genuine || rest.join(' ') !== subject || !UUID.test(caseId) || !UUID.test(letterId))
        throw new HubError('PURPOSE_DEAD', 'x-purpose');
      return { caseId, letterId, subject };
    },
  };
}
