import { HubError } from '../../../errors';
import { isSoundJpeg } from './jpeg';
import { isSoundPdf } from './pdf';
import { isSoundPng } from './png';

/** What the bytes are, whatever was said of them. */
export interface FileType {
  readonly contentType: string;
  readonly extension: string;
}

interface Inspected extends FileType {
  /** With what its bytes begin, at byte 0. */
  readonly magic: Buffer;
  /** From the first byte to the last one file of this type, and nothing in it that acts. */
  isSound(content: Buffer): boolean | Promise<boolean>;
}

/* Each is read to its end anyway, so that its first bytes need no library. What is not here is refused: archives and office files by that. */
const TYPES: readonly Inspected[] = [
  { contentType: 'application/pdf', extension: 'pdf', magic: Buffer.from('%PDF-'), isSound: isSoundPdf },
  { contentType: 'image/png', extension: 'png', magic: Buffer.from('89504e470d0a1a0a', 'hex'), isSound: isSoundPng },
  { contentType: 'image/jpeg', extension: 'jpg', magic: Buffer.from('ffd8ff', 'hex'), isSound: isSoundJpeg },
];

/** Ends a ZIP archive, which is read from its end: within its longest comment. */
const ARCHIVE_END = Buffer.from('504b0506', 'hex');
const ARCHIVE_TAIL = 65_557;

export const extensionOf = (contentType: string): string =>
  TYPES.find((type) => type.contentType === contentType)!.extension;

/** Errors: FILE_TYPE_REFUSED, FILE_UNSAFE. */
export async function inspect(content: Buffer): Promise<FileType> {
  const type = TYPES.find(({ magic }) => content.subarray(0, magic.length).equals(magic));
  if (!type) throw new HubError('FILE_TYPE_REFUSED');
  if (content.subarray(-ARCHIVE_TAIL).includes(ARCHIVE_END) || !(await type.isSound(content)))
    throw new HubError('FILE_UNSAFE');
  return type;
}
