import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { openIssuer } from '../../src/cli/issuer';
import { testFolder } from '../support/folder';
import { buildHub, runHub } from '../support/program';
import { outside } from '../support/outside';

const dataDir = testFolder();
const settings = { DATA_DIR: dataDir, PORT: '4000' };
beforeAll(buildHub);

async function claimsOf(token: string) {
  const issuer = await openIssuer({ dataDir, audience: 'anju-hub', port: 5000 });
  const keys = createLocalJWKSet({ keys: [...issuer.jwks.keys] });
  return (await jwtVerify(token, keys, { issuer: issuer.url, audience: 'anju-hub' })).payload;
}

describe('hub token', () => {
  it('prints a token, and nothing else, that the sandbox issuer has signed for one role, region and time', async () => {
    const hub = runHub(['token', '--role', 'COUNTY_HOUSING', '--region', '150402', '--ttl', '30m'], settings);
    expect(await hub.ended).toBe(0);
    const claims = await claimsOf(hub.said().trimEnd());
    expect(claims).toMatchObject({
      role: 'COUNTY_HOUSING',
      region: '150402',
      sub: 'county-housing-150402',
      jti: expect.any(String),
    });
    expect(claims.exp! - claims.iat!).toBe(1800);
  });

  it('gives a partner system the client id under which it is known', async () => {
    const hub = runHub(['token', '--role', 'PARTNER_SYSTEM', '--region', '15'], settings);
    await hub.ended;
    expect(await claimsOf(hub.said().trimEnd())).toMatchObject({ client_id: 'demo-partner', sub: 'demo-partner' });
  });

  it('keeps its key to its owner, over restarts and changes of port', async () => {
    const [first, second] = [
      await openIssuer({ dataDir, audience: 'a', port: 1 }),
      await openIssuer({ dataDir, audience: 'a', port: 2 }),
    ];
    expect([second.url, second.jwks]).toEqual([first.url, first.jwks]);
    expect(statSync(join(dataDir, 'issuer.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [['--role', 'KING', '--region', '15'], /Allowed choices are .*COUNTY_HOUSING/s],
    [['--role', 'AUDITOR', '--region', 'Chifeng'], /15, 1504 or 150402/],
    [['--role', 'AUDITOR', '--region', '15', '--ttl', 'long'], /90s, 30m, 8h or 2d/],
  ])('refuses %p and says what it wants', async (args, wanted) => {
    const hub = runHub(['token', ...args], settings);
    expect(await hub.ended).toBe(1);
    expect(hub.said()).toMatch(wanted);
  });

  it('is not to be had outside the sandbox', async () => {
    const hub = runHub(['token', '--role', 'AUDITOR', '--region', '15'], { ...settings, ...outside() });
    expect(await hub.ended).toBe(1);
    expect(hub.said()).toContain('OpenID Connect issuer');
  });
});
