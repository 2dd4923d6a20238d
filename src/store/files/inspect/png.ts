import { crc32 } from 'node:zlib';
import { isViewable } from './pixels';

const HEAD = 8;
/** Length, name and checksum. */
const AROUND = 12;

/** ISO/IEC 15948: chunks with true checksums from IHDR to IEND, and not a byte after it. */
export function isSoundPng(content: Buffer): boolean {
  for (let at = HEAD; at + AROUND <= content.length; ) {
    const length = content.readUInt32BE(at);
    const end = at + AROUND + length;
    if (end > content.length || crc32(content.subarray(at + 4, end - 4)) !== content.readUInt32BE(end - 4))
      return false;
    const name = content.toString('latin1', at + 4, at + 8);
    if ((name === 'IHDR') !== (at === HEAD)) return false;
    if (name === 'IHDR' && !(length === 13 && isViewable(content.readUInt32BE(at + 8), content.readUInt32BE(at + 12))))
      return false;
    if (name === 'IEND') return length === 0 && end === content.length;
    at = end;
  }
  return false;
}
