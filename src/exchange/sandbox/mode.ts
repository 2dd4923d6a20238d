import { z } from 'zod';

/** Faults the protocol has words for; the agency's server makes them. */
const CONTENT_MODES = ['429', '500', 'drift', 'stale', 'lying', 'empty'] as const;
/** Faults of the wire; the proxy in front of the agency makes them. */
const TRANSPORT_MODES = ['down', 'slow', 'drip', 'truncated', 'garbage', 'reset', 'black-hole'] as const;

/** Faults that only an agency exchanging files can have; the others have no such mode. */
export const FILE_MODES = ['bad-hash', 'cut-file', 'no-manifest', 'half-uploaded', 'wrong-charset'] as const;
export type FileMode = (typeof FILE_MODES)[number];

export const MODES = ['ok', ...TRANSPORT_MODES, ...CONTENT_MODES] as const;
/** A mode of every agency. */
export type Mode = (typeof MODES)[number];
export type AnyMode = Mode | FileMode;
export type ContentMode = (typeof CONTENT_MODES)[number];

/** The content fault of a mode, if it is one. */
export const contentFault = (mode: AnyMode): ContentMode | undefined => CONTENT_MODES.find((fault) => fault === mode);

/** The fault of a parcel, if the mode is one. */
export const fileFault = (mode: AnyMode): FileMode | undefined => FILE_MODES.find((fault) => fault === mode);

/** How an agency behaves just now. All times in milliseconds. */
export interface Behaviour {
  readonly mode: AnyMode;
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
  mode: z.enum([...MODES, ...FILE_MODES]).optional(),
  delayMs: milliseconds.optional(),
  slowMs: milliseconds.optional(),
  dripMs: milliseconds.optional(),
  readyAfterMs: milliseconds.optional(),
});
export type BehaviourChange = z.infer<typeof BehaviourChange>;
