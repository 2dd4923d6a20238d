import type { Mode } from '../../src/exchange/sandbox/mode';

/** What a report says of a member: status and reason. GOOD: what it says when nothing is wrong. */
export type Said = 'GOOD' | 'PENDING' | 'STALE' | 'AMBIGUOUS' | `UNAVAILABLE ${string}`;

/** Of whom the agency has a record, and of whom it has none: drift costs those it touches. */
interface Expectation {
  readonly found: readonly Said[];
  readonly absent: readonly Said[];
}

const both = (...said: readonly Said[]): Expectation => ({ found: said, absent: said });
const foundOnly = (said: Said): Expectation => ({ found: [said], absent: ['GOOD'] });

const FAULT = 'UNAVAILABLE SOURCE_FAULT';
const AWAY = 'UNAVAILABLE UNREACHABLE';
const LATE = 'UNAVAILABLE TIMEOUT';
/** A driver that waits for the rest, hangs up, or reads it and finds no sense in it: silence or a fault, never a fact. */
const GARBLED = both(AWAY, LATE, FAULT);

type ByAgency = Readonly<Record<string, Expectation>>;

/** Whoever gives up on an SSH connection cuts it, for all that goes over it. */
const BY_SSH: ByAgency = { police: both(LATE, AWAY) };

/** Mode → what every agency's answers come to; `by` names the agencies that differ. Written from docs/sandbox-modes.md. */
const TABLE: Readonly<Record<Exclude<Mode, 'ok'>, readonly [usual: Expectation, by?: ByAgency]>> = {
  down: [both(AWAY)],
  refused: [both(AWAY)],
  'black-hole': [both(LATE), BY_SSH],
  slow: [both(LATE), BY_SSH],
  drip: [both(LATE), BY_SSH],
  truncated: [GARBLED],
  garbage: [GARBLED],
  reset: [both(AWAY)],
  'bad-tls': [both('UNAVAILABLE CERTIFICATE_NOT_TRUSTED'), { police: both('UNAVAILABLE HOST_KEY_UNKNOWN') }],
  429: [both('UNAVAILABLE BUSY')],
  500: [both('UNAVAILABLE SOURCE_ERROR')],
  'error-body': [both(FAULT), { 'provident-fund': foundOnly(FAULT) }],
  drift: [both(FAULT)],
  'field-gone': [foundOnly(FAULT), { 'provident-fund': both(FAULT) }],
  'field-renamed': [foundOnly(FAULT), { 'provident-fund': both(FAULT) }],
  'field-retyped': [foundOnly(FAULT)],
  'new-enum': [foundOnly(FAULT)],
  gb18030: [
    both(FAULT),
    { 'provident-fund': foundOnly('AMBIGUOUS'), 'civil-affairs': both('PENDING', 'UNAVAILABLE RESTING') },
  ],
  bom: [both('GOOD')],
  stale: [both('STALE')],
  lying: [both(FAULT), { 'provident-fund': foundOnly(FAULT) }],
  replay: [both(FAULT)],
  empty: [both(FAULT)],
  blank: [both(FAULT)],
  'bad-hash': [both(FAULT)],
  'cut-file': [both(FAULT)],
  'no-manifest': [both('PENDING')],
  'half-uploaded': [both('PENDING')],
};

export function expected(mode: Exclude<Mode, 'ok'>, agency: string): Expectation {
  const [usual, by = {}] = TABLE[mode];
  return by[agency] ?? usual;
}

/** Does a question about somebody on record fail in the breaker's eyes? */
export const trips = (mode: Exclude<Mode, 'ok'>, agency: string): boolean =>
  expected(mode, agency).found.every((said) => said.startsWith('UNAVAILABLE'));

/** Seen only in what is fetched later: the receipt of the trial is good, and lets those who wait behind it through. */
const LATER: readonly Mode[] = [
  ...(['drift', 'field-gone', 'field-renamed', 'field-retyped', 'new-enum'] as const),
  ...(['lying', 'replay', 'empty', 'blank'] as const),
];
export const isSeenLater = (mode: Mode, agency: string): boolean => agency === 'civil-affairs' && LATER.includes(mode);

/** With what a receipt may come instead: its answer is fetched when the agency rests again. */
export const RECEIPT: Said = 'PENDING';

/** Faults that only a patience shorter than they are can see. */
export const HASTY: readonly Mode[] = ['slow', 'drip', 'black-hole', 'garbage', 'truncated'];
