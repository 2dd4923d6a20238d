import { isViewable } from './pixels';

const MARK = 0xff;
const END = 0xd9;
const SCAN = 0xda;
/** Start of frame: what may follow FF C, but tables and extensions. */
const isFrame = (marker: number): boolean => marker >> 4 === 0xc && ![0xc4, 0xc8, 0xcc].includes(marker);
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;

/** ISO/IEC 10918-1: segments from SOI to EOI with a frame and a scan among them, and not a byte after it. */
export function isSoundJpeg(content: Buffer): boolean {
  let [frames, scans] = [0, 0];
  for (let at = 2; at + 2 <= content.length; ) {
    const marker = content[at + 1]!;
    if (content[at] !== MARK) return false;
    if (marker === END) return at + 2 === content.length && frames > 0 && scans > 0;
    if (marker === MARK) {
      at += 1; // padding
      continue;
    }
    if (at + 4 > content.length) return false;
    const length = content.readUInt16BE(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > content.length) return false;
    if (isFrame(marker)) {
      if (length < 8 || !isViewable(content.readUInt16BE(at + 7), content.readUInt16BE(at + 5))) return false;
      frames += 1;
    }
    if (marker === SCAN) scans += 1;
    at = marker === SCAN ? scanEnd(content, end) : end;
  }
  return false;
}

/** Where the next marker stands behind the data of a scan. */
function scanEnd(content: Buffer, from: number): number {
  for (let at = content.indexOf(MARK, from); at >= 0; at = content.indexOf(MARK, at + 1)) {
    const marker = content[at + 1];
    if (marker !== undefined && marker !== 0 && !isRestart(marker)) return at;
  }
  return content.length;
}
