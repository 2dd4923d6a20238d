import { connectors } from '../../connectors';
import { factsOf } from '../../src/exchange/fact';
import type { Answer } from '../../src/exchange/contract';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { PURPOSE } from '../exchange/support/family';
import { smallHub, type SmallHub } from '../exchange/support/hub';
import { ABSENT, KNOWN, smallSandbox, type SmallSandbox } from '../sandbox/support/world';

const PATIENCE = { timeout: 800, retries: 1, waitAtMost: 50 };
const FAULT = ['UNAVAILABLE', 'SOURCE_FAULT'];
const SILENT = ['UNAVAILABLE', expect.stringMatching(/^(UNREACHABLE|TIMEOUT)$/)];

/** What each mode of the sandbox comes to, whatever the protocol. */
const SEEN: Record<Exclude<Mode, 'ok' | 'stale' | 'drift' | 'lying'>, unknown[]> = {
  down: SILENT,
  slow: SILENT,
  drip: SILENT,
  truncated: ['UNAVAILABLE', expect.stringMatching(/^(UNREACHABLE|TIMEOUT|SOURCE_FAULT)$/)],
  garbage: ['UNAVAILABLE', expect.stringMatching(/^(UNREACHABLE|TIMEOUT|SOURCE_FAULT)$/)],
  reset: SILENT,
  'black-hole': SILENT,
  429: ['UNAVAILABLE', 'BUSY'],
  500: ['UNAVAILABLE', 'SOURCE_ERROR'],
  empty: FAULT,
};

describe.each(connectors.map((connector) => [connector.name, connector] as const))(
  'when %s fails',
  (source, connector) => {
    let hub: SmallHub;
    let small: SmallSandbox;
    const fields = [...factsOf(connector.record).keys()].filter((field) => field !== 'spouseIdNumber');
    beforeAll(async () => ([hub, small] = await Promise.all([smallHub(), smallSandbox()])));
    afterAll(() => Promise.all([hub.close(), small.close()]));

    const seenIn = async (mode: Mode): Promise<Answer[]> => {
      await small.sandbox.control.set(source, { mode, slowMs: 2_000, readyAfterMs: 0 });
      const family = await hub.family([KNOWN, ABSENT]);
      const exchange = hub.exchange({ connectors, settings: small.sandbox.agencies, patience: PATIENCE });
      const answers = await exchange.ask({ source, purpose: PURPOSE, fields, asks: family.asks }, hub.session);
      return [...answers.values()];
    };

    it.each(Object.entries(SEEN) as [Mode, unknown[]][])(
      'by mode %s, nobody is said to own anything or nothing',
      async (mode, seen) => {
        const answers = await seenIn(mode);
        expect(answers.map(({ status, reason }) => [status, reason])).toEqual([seen, seen]);
        for (const { value, retryAt } of answers) expect([value, retryAt]).toEqual([null, expect.any(Date)]);
      },
    );

    it('by mode drift, no drifted value is taken for a fact', async () => {
      const [known] = await seenIn('drift');
      expect([known!.status, known!.reason]).toEqual(FAULT);
    });

    it('by mode stale, what it says is STALE and nothing else', async () => {
      expect((await seenIn('stale')).map(({ status }) => status)).toEqual(['STALE', 'STALE']);
    });

    it('and is well again, it is believed again', async () => {
      expect((await seenIn('ok')).map(({ status }) => status)).toEqual(['FOUND', 'NOT_FOUND']);
    });

    it('never writes a citizen number into the log', () => {
      for (const number of [KNOWN.idNumber, ABSENT.idNumber]) expect(hub.logged.join()).not.toContain(number);
    });
  },
);
