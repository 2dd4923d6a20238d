import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CHARSETS } from './charset';

const FORMAT = 'anju-parcel/1';

const Content = z.object({
  /** In the parcel's own folder: no path. */
  name: z.string().regex(/^[\w.-]{1,128}\.csv$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().nonnegative(),
  /** Without the heading. */
  rows: z.int().nonnegative(),
});

/** 清单: what a parcel of files holds. Its appearance under its final name says that the parcel is complete. */
export const Manifest = z.object({
  format: z.literal(FORMAT),
  id: z.string().regex(/^[A-Za-z0-9][\w-]{0,79}$/),
  kind: z.enum(['REQUEST', 'ANSWER', 'REGISTER']),
  /** The request an ANSWER belongs to. */
  inReplyTo: z.string().optional(),
  createdAt: z.iso.datetime({ offset: true }),
  purpose: z.string().min(1).optional(),
  /** Columns asked for in a REQUEST. */
  items: z.array(z.string().min(1)).optional(),
  /** Day whose state of the register an ANSWER or REGISTER shows. */
  asOf: z.iso.date().optional(),
  coverage: z
    .object({ regions: z.array(z.string().regex(/^\d{2,12}$/)), from: z.iso.date(), to: z.iso.date() })
    .optional(),
  charset: z.enum(CHARSETS),
  files: z.array(Content).min(1),
});
export type Manifest = z.infer<typeof Manifest>;
export type Content = z.infer<typeof Content>;

/** A manifest before its files are counted. */
export type Cover = Omit<Manifest, 'format' | 'files'>;

export const contentOf = (name: string, body: Buffer, rows: number): Content => ({
  name,
  sha256: createHash('sha256').update(body).digest('hex'),
  bytes: body.length,
  rows,
});

export const manifestOf = (cover: Cover, files: readonly Content[]): Manifest => ({
  format: FORMAT,
  ...cover,
  files: [...files],
});
