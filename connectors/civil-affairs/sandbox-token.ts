import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AgencyContext } from '../../src/exchange/sandbox/agency';
import type { HttpReply, HttpRequest } from '../../src/exchange/sandbox/http';

const LIFETIME_SECONDS = 300;

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** OAuth 2.0 client credentials (RFC 6749 §4.4); bearer tokens that carry their own expiry and seal. */
export class TokenDesk {
  readonly client: { readonly clientId: string; readonly clientSecret: string };
  private readonly sealKey: string;

  constructor(private readonly context: AgencyContext) {
    this.client = { clientId: 'hub', clientSecret: context.secret('client') };
    this.sealKey = context.secret('token');
  }

  /** POST /oauth/token. */
  issue(request: HttpRequest): HttpReply {
    const { clientId, clientSecret } = this.client;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    if (!sameText(request.headers.authorization ?? '', `Basic ${basic}`)) {
      this.context.tally.add('refused');
      return {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="civil-affairs"' },
        body: { error: 'invalid_client' },
      };
    }
    const grantType = new URLSearchParams(request.body.toString('utf8')).get('grant_type');
    if (grantType !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type' } };
    this.context.tally.add('tokens');
    const claim = `${this.now() + LIFETIME_SECONDS}.${randomBytes(12).toString('base64url')}`;
    const body = { access_token: `${claim}.${this.seal(claim)}`, token_type: 'Bearer', expires_in: LIFETIME_SECONDS };
    return { status: 200, headers: { 'cache-control': 'no-store' }, body };
  }

  accepts(request: HttpRequest): boolean {
    const [, expires, nonce, seal] =
      /^Bearer (\d+)\.([\w-]+)\.([\w-]+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!expires || !nonce || !seal) return false;
    return sameText(seal, this.seal(`${expires}.${nonce}`)) && Number(expires) > this.now();
  }

  private now(): number {
    return Math.floor(this.context.clock().getTime() / 1000);
  }

  private seal(claim: string): string {
    return createHmac('sha256', this.sealKey).update(claim).digest('base64url');
  }
}
