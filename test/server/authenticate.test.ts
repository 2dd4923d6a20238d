import { generateKeyPair, SignJWT } from 'jose';
import { registryOn } from '../../src/cli/partner/registry';
import { makeAuthenticate } from '../../src/server/authenticate';
import { addPartner, registerText } from '../support/partners';
import { openStage, type Stage } from './support/stage';
import { testIssuer } from './support/issuer';

let stage: Stage;
let clock = new Date('2026-11-22T08:00:00Z');
beforeAll(async () => void (stage = await openStage({ now: () => clock })));
afterAll(() => stage.close());

const seconds = () => Math.floor(clock.getTime() / 1000);
const REGION = '{ region(code: "150402") { code } }';

async function statusWith(authorization: string | undefined): Promise<number> {
  const headers = { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) };
  const response = await fetch(`${stage.url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: REGION }),
  });
  return response.status;
}

describe('an access token', () => {
  it('is believed when signed by a trusted issuer, for us alone, and in time', async () => {
    expect(await statusWith(`Bearer ${await stage.issuer.mint()}`)).toBe(200);
    expect(await statusWith(`Bearer ${await stage.issuer.mint({ aud: ['anju-hub'] })}`)).toBe(200);
  });

  const WRONG: Record<string, object> = {
    'without an expiry': { exp: undefined },
    'without a subject': { sub: undefined },
    'whose subject is a citizen number': { sub: '11010519491231002X' },
    'without a role': { role: undefined },
    'of a role that is none': { role: 'ADMIN' },
    'of a region that is none': { region: '159999' },
    'without a region': { region: undefined },
    'of another issuer': { iss: 'http://elsewhere.test' },
    'for another audience': { aud: 'other' },
    'for two audiences': { aud: ['anju-hub', 'other'] },
    'for no audience': { aud: undefined },
    expired: { exp: seconds() - 1 },
    'not yet valid': { nbf: seconds() + 3600 },
    'of a partner that nobody knows': { role: 'PARTNER_SYSTEM', client_id: 'unknown' },
    'of a partner without a client id': { role: 'PARTNER_SYSTEM' },
  };

  it.each(Object.entries(WRONG))('%s is refused', async (_which, claims) => {
    expect(await statusWith(`Bearer ${await stage.issuer.mint({ ...claims })}`)).toBe(401);
  });

  it('is refused when forged, altered, unsigned, signed by a shared secret or padded', async () => {
    const token = await stage.issuer.mint();
    const [header, payload, signature] = token.split('.');
    const forger = await testIssuer(() => clock);
    const { privateKey } = await generateKeyPair('ES384');
    const otherAlgorithm = await new SignJWT({ role: 'COUNTY_HOUSING' })
      .setProtectedHeader({ alg: 'ES384' })
      .setIssuer('http://issuer.test')
      .sign(privateKey);
    const secret = await new SignJWT({ iss: 'http://issuer.test', aud: 'anju-hub', sub: 'x', exp: seconds() + 60 })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('a secret that both sides know of'));
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    const raised = Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), region: '15' }),
    ).toString('base64url');
    const bad = [
      await forger.mint(),
      `${header}.${raised}.${signature}`,
      none,
      `${token}x`,
      `${token}.${token}`,
      otherAlgorithm,
      secret,
    ];
    for (const each of bad)
      expect([each.slice(0, 20), await statusWith(`Bearer ${each}`)]).toEqual([each.slice(0, 20), 401]);
    for (const header of [undefined, '', 'Bearer', `Basic ${token}`, `Bearer  ${token}`, `Bearer ${token} x`])
      expect(await statusWith(header)).toBe(401);
  });

  it('is verified once for all who bring it at the same time, and again for the next where it was not believed', async () => {
    let verified = 0;
    const keys: typeof stage.issuer.keys = (...token) => {
      verified += 1;
      return stage.issuer.keys(...token);
    };
    const authenticate = makeAuthenticate(stage.hub, [{ ...stage.issuer, keys }]);
    const rush = async (token: string) => {
      const settled = await Promise.allSettled(Array.from({ length: 50 }, () => authenticate(`Bearer ${token}`)));
      return new Set(settled.map(({ status }) => status));
    };
    expect(await rush(await stage.issuer.mint())).toEqual(new Set(['fulfilled']));
    expect(verified).toBe(1);
    const other = await stage.issuer.mint({ aud: 'other' });
    expect([await rush(other), await rush(other)]).toEqual(Array(2).fill(new Set(['rejected'])));
    expect(verified).toBe(3);
  });

  it('once believed is believed no longer than it says', async () => {
    const token = await stage.issuer.mint({ exp: seconds() + 30 });
    expect(await statusWith(`Bearer ${token}`)).toBe(200);
    clock = new Date(clock.getTime() + 31_000);
    expect(await statusWith(`Bearer ${token}`)).toBe(401);
  });

  it('of a partner opens nothing from the moment its grant has ended, though the token is remembered', async () => {
    await addPartner(stage.base, 'bank-1', { until: '2026-11-22' });
    await registerText(stage.base, 'bank-1', REGION);
    const token = await stage.issuer.mint({ role: 'PARTNER_SYSTEM', client_id: 'bank-1', exp: seconds() + 7 * 86_400 });
    expect(await statusWith(`Bearer ${token}`)).toBe(200);
    clock = new Date('2026-11-22T16:00:01Z'); // the 23rd in Beijing
    expect(await statusWith(`Bearer ${token}`)).toBe(403);
    clock = new Date('2026-11-22T15:59:59Z');
    expect(await statusWith(`Bearer ${token}`)).toBe(200);
    await registryOn(stage.base.owner).revoke('bank-1');
    expect(await statusWith(`Bearer ${token}`)).toBe(403);
  });
});
