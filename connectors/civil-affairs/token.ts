import { z } from 'zod';
import { jsonOf, type HttpAgency } from '../../src/exchange/http';
import { seconds } from '../../src/exchange/time';
import { SourceTrouble, readWire } from '../../src/exchange/trouble';

const Token = z.object({
  access_token: z.string().min(1),
  token_type: z.literal('Bearer'),
  expires_in: z.number().positive(),
});

/** A token is renewed this long before it runs out. */
const EARLY = seconds(30);

/** OAuth 2 client credentials: one token for all calls until shortly before it expires. */
export class AccessToken {
  private current: { readonly value: string; readonly renewAt: number } | undefined;

  constructor(
    private readonly http: HttpAgency,
    private readonly client: { readonly clientId: string; readonly clientSecret: string },
    private readonly clock: () => Date,
  ) {}

  /** Sees to it that a token is there. */
  async ready(signal: AbortSignal): Promise<void> {
    if (!this.kept()) await this.fetch(signal);
  }

  /** Does work with a token; a kept one that is refused is replaced once. */
  async with<Result>(signal: AbortSignal, work: (headers: Record<string, string>) => Promise<Result>): Promise<Result> {
    const kept = this.kept();
    try {
      return await work({ authorization: `Bearer ${kept ?? (await this.fetch(signal))}` });
    } catch (error) {
      if (!kept || !(error instanceof SourceTrouble) || error.kind !== 'REFUSED') throw error;
      return work({ authorization: `Bearer ${await this.fetch(signal)}` });
    }
  }

  private kept(): string | undefined {
    return this.current && this.clock().getTime() < this.current.renewAt ? this.current.value : undefined;
  }

  private async fetch(signal: AbortSignal): Promise<string> {
    const { clientId, clientSecret } = this.client;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ grant_type: 'client_credentials' }).toString();
    const reply = await this.http.send({ method: 'POST', path: '/oauth/token', headers, body, signal });
    const { access_token: value, expires_in: expiresIn } = readWire(Token, jsonOf(reply.body));
    this.current = { value, renewAt: this.clock().getTime() + seconds(expiresIn) - EARLY };
    return value;
  }
}
