import { z } from 'zod';

/** Faults that the agency's own server makes, in what it says. */
const CONTENT_MODES = [
  '429',
  '500',
  'error-body',
  'drift',
  'field-gone',
  'field-renamed',
  'field-retyped',
  'new-enum',
  'gb18030',
  'bom',
  'stale',
  'lying',
  'replay',
  'empty',
  'blank',
] as const;
export type ContentMode = (typeof CONTENT_MODES)[number];

/** Faults of the wire, the same for any protocol unless an agency says otherwise; the proxy in front of it makes them. */
export const WIRE_MODES = {
  down: 'the front still accepts, nobody is behind it: closed without a byte; open connections dropped',
  refused: 'connection refused; open connections dropped',
  'black-hole': 'no answer, the connection stays open',
  slow: 'first byte after `--slow` (7 s)',
  drip: 'a byte every `--drip` (50 ms)',
  truncated: 'half of the answer, then the end',
  garbage: 'nonsense of the right length',
  reset: 'RST in place of the answer',
} as const;

/** Faults of files. */
const FILE_MODES = ['bad-hash', 'cut-file', 'no-manifest', 'half-uploaded'] as const;
export type FileMode = (typeof FILE_MODES)[number];

export const MODES = [
  'ok',
  ...(Object.keys(WIRE_MODES) as (keyof typeof WIRE_MODES)[]),
  'bad-tls',
  ...CONTENT_MODES,
  ...FILE_MODES,
] as const;
export type Mode = (typeof MODES)[number];

/** What a mode means for an agency, or why it means nothing there: then it cannot be put into it. */
export type Meaning = string | { readonly none: string };

/** Every mode but those of the wire, which mean the same everywhere; of these an agency says what differs. */
export type Meanings = Readonly<Record<Exclude<Mode, 'ok' | keyof typeof WIRE_MODES>, Meaning>> &
  Readonly<Partial<Record<keyof typeof WIRE_MODES, Meaning>>>;

/** Of an agency that exchanges no files. */
export const NO_FILES = Object.fromEntries(
  FILE_MODES.map((mode) => [mode, { none: 'exchanges no files' }]),
) as unknown as Readonly<Record<FileMode, Meaning>>;

export const meaningOf = (mode: Mode, meanings: Meanings): Meaning =>
  mode === 'ok' ? 'good answers' : (meanings[mode] ?? WIRE_MODES[mode as keyof typeof WIRE_MODES]);

/** The content fault of a mode, if it is one. */
export const contentFault = (mode: Mode): ContentMode | undefined => CONTENT_MODES.find((fault) => fault === mode);

/** The fault of a parcel, if the mode is one. */
export const fileFault = (mode: Mode): FileMode | undefined => FILE_MODES.find((fault) => fault === mode);

/** How an agency behaves just now. All times in milliseconds. */
export interface Behaviour {
  readonly mode: Mode;
  /** From a request to the first byte of its answer, in every mode. */
  readonly delayMs: number;
  /** The same in mode slow. */
  readonly slowMs: number;
  /** Between two bytes in mode drip. */
  readonly dripMs: number;
  /** Until a deferred answer is ready. */
  readonly readyAfterMs: number;
}

export const USUAL_BEHAVIOUR: Behaviour = { mode: 'ok', delayMs: 0, slowMs: 7_000, dripMs: 50, readyAfterMs: 150 };

const milliseconds = z.number().int().min(0).max(600_000);

/** A change of behaviour as it arrives from outside. */
export const BehaviourChange = z.strictObject({
  mode: z.enum(MODES).optional(),
  delayMs: milliseconds.optional(),
  slowMs: milliseconds.optional(),
  dripMs: milliseconds.optional(),
  readyAfterMs: milliseconds.optional(),
});
export type BehaviourChange = z.infer<typeof BehaviourChange>;
