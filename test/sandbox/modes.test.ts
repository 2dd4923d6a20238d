import { Client } from 'pg';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { tokenOf } from './support/civil-affairs';
import { observe, type AgencyName, type Seen } from './support/observe';
import { smallSandbox, type SmallSandbox } from './support/world';

const AGENCIES: readonly AgencyName[] = ['property', 'vehicle', 'civil-affairs', 'provident-fund', 'police'];
const LATE_MS = 250;

/** Modes as a caller without a hub sees them; one word where all agree. The others show in what is said, see test/faults. */
const TABLE: Partial<Record<Mode, Seen | Record<AgencyName, Seen | `${Seen}|${Seen}`>>> = {
  ok: 'good',
  down: 'broken off',
  refused: 'no connection',
  'bad-tls': {
    property: 'broken off',
    vehicle: 'broken off',
    'civil-affairs': 'broken off',
    'provident-fund': 'broken off',
    police: 'good',
  }, // none of these callers asks for TLS, nor for the host key
  slow: 'late',
  drip: {
    property: 'late',
    vehicle: 'late',
    'civil-affairs': 'late',
    'provident-fund': 'late',
    police: 'no answer in time', // SSH says some thousand bytes before the first of an answer
  },
  truncated: 'broken off',
  garbage: {
    property: 'unreadable',
    vehicle: 'unreadable',
    'civil-affairs': 'unreadable',
    'provident-fund': 'no answer in time',
    police: 'no answer in time|broken off', // as the nonsense begins
  },
  reset: 'broken off',
  'black-hole': 'no answer in time',
  '429': 'busy',
  '500': 'failed',
  drift: 'another shape',
  stale: 'old',
  lying: 'about another person',
  empty: 'empty',
};

describe('the fault modes of the sandbox', () => {
  let small: SmallSandbox;
  let token: string;
  beforeAll(async () => {
    small = await smallSandbox();
    token = await tokenOf(small);
    for (const agency of AGENCIES) await small.sandbox.control.set(agency, { slowMs: LATE_MS, dripMs: 1 });
  });
  afterAll(() => small.close());

  /* No sooner than its delay can be asserted; a busy machine makes anything late, so lateness counts only where it was ordered. */
  const seenFrom = (agency: AgencyName, patienceMs?: number) => observe(small, agency, token, LATE_MS, patienceMs);
  const promptly = async (agency: AgencyName) => (await seenFrom(agency)).replace('late', 'good');

  describe.each(AGENCIES)('%s', (agency) => {
    it.each(Object.keys(TABLE) as Mode[])(
      'in mode %s does what the table says, and is good again afterwards',
      async (mode) => {
        const row = TABLE[mode];
        const expected = typeof row === 'string' ? row : row![agency];
        await small.sandbox.control.set(agency, { mode });
        if (expected === 'good') expect(await promptly(agency)).toBe(expected);
        else {
          const patienceMs = expected!.startsWith('no answer in time') ? 2 * LATE_MS : undefined;
          expect(expected!.split('|')).toContain(await seenFrom(agency, patienceMs));
        }
        await small.sandbox.control.set(agency, { mode: 'ok' });
        expect(await promptly(agency)).toBe('good');
      },
    );

    it('leaves the other agencies as they are when it refuses', async () => {
      await small.sandbox.control.set(agency, { mode: 'refused' });
      for (const other of AGENCIES)
        expect([other, await promptly(other)]).toEqual([other, other === agency ? 'no connection' : 'good']);
      await small.sandbox.control.set(agency, { mode: 'ok' });
    });

    it('answers no sooner than its delay', async () => {
      await small.sandbox.control.set(agency, { delayMs: LATE_MS });
      expect(await seenFrom(agency)).toBe('late');
      await small.sandbox.control.set(agency, { delayMs: 0 });
    });
  });

  it('reaches connections that were opened before the mode was set', async () => {
    const client = new Client({ connectionString: small.sandbox.agencies['provident-fund']!.url });
    client.on('error', () => undefined);
    await client.connect();
    await small.sandbox.control.set('provident-fund', { mode: 'reset' });
    await expect(client.query('select 1')).rejects.toThrow();
    await small.sandbox.control.set('provident-fund', { mode: 'ok' });
  });

  it('comes back at the same address after refusing', async () => {
    const before = small.sandbox.agencies.property!.url;
    await small.sandbox.control.set('property', { mode: 'refused' });
    await small.sandbox.control.set('property', { mode: 'ok' });
    expect(small.sandbox.agencies.property!.url).toBe(before);
    expect(await seenFrom('property')).toBe('good');
  });
});
