import { encode } from 'iconv-lite';

/** Character sets a parcel may declare. A byte order mark is tolerated in UTF-8 and never part of the text. */
export const CHARSETS = ['UTF-8', 'GB18030'] as const;
export type Charset = (typeof CHARSETS)[number];

/** A decoder that throws TypeError at bytes that are no text of the declared set, instead of putting marks in their place. */
export const strictDecoder = (charset: Charset): TextDecoder => new TextDecoder(charset, { fatal: true });

export const encodeText = (text: string, charset: Charset): Buffer => encode(text, charset);
