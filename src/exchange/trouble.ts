import type { z } from 'zod';

/**
 * Why an agency gave no usable answer. SILENT: it could not be reached, was busy or broken, and may be asked again.
 * REFUSED: it turned the hub away. FAULT: it said something that cannot be right. Becomes an answer's status and reason,
 * never an error of the request. Reasons are codes; they hold no value of a person.
 */
export class SourceTrouble extends Error {
  constructor(
    readonly kind: 'SILENT' | 'REFUSED' | 'FAULT',
    readonly reason: string,
    /** How long the agency asked to be left alone, ms. */
    readonly retryAfter?: number,
  ) {
    super(reason);
    this.name = 'SourceTrouble';
  }
}

export const SOURCE_FAULT = 'SOURCE_FAULT';
export const sourceFault = (): SourceTrouble => new SourceTrouble('FAULT', SOURCE_FAULT);

/** OpenSSL's and Node's codes for a certificate that does not prove who the other side is. */
const UNTRUSTED = /CERT|SELF_SIGNED|LEAF_SIGNATURE|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$/;

/** Did a TLS connection end over the other side's certificate? */
export const isUntrusted = ({ code }: { readonly code?: unknown }): boolean =>
  typeof code === 'string' && UNTRUSTED.test(code);

/** Somebody answers in the agency's place, or it has let its certificate run out: nothing was told to it. */
export const untrusted = (): SourceTrouble => new SourceTrouble('FAULT', 'CERTIFICATE_NOT_TRUSTED');

/** What the agency sent, in the shape its contract promises; anything else is a source fault. Zod's issues are not kept: they may quote. */
export function readWire<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const read = schema.safeParse(sent);
  if (!read.success) throw sourceFault();
  return read.data;
}

/**
 * Reads each entry of an agency's answer by itself, so that one garbled entry costs one person. An entry that cannot be
 * read is left out; whoever it was about counts as not answered.
 */
export function readEach<Entry, Read>(entries: readonly Entry[], read: (entry: Entry) => Read): Read[] {
  return entries.flatMap((entry) => {
    try {
      return [read(entry)];
    } catch (error) {
      if (error instanceof SourceTrouble) return [];
      throw error;
    }
  });
}
