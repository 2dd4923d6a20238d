import { promisify } from 'node:util';
import { inflateRaw, constants } from 'node:zlib';

const inflate = promisify(inflateRaw);

/** Of all streams of a file together, unpacked. */
const MOST_UNPACKED = 134_217_728;
/** More than a scan of hundreds of pages has. */
const MOST_STREAMS = 20_000;

/** What acts by itself, carries a file, or cannot be looked into (ISO 32000-1 §7.6, §7.11.4, §12.6.4). An /OpenAction that turns to a page does not. */
const ACTIVE =
  /\/(?:JavaScript|Launch|EmbeddedFile|GoToE|RichMedia|Rendition|SubmitForm|ImportData|XFA[\s[\d]|Encrypt[\s<])/;
const HEADER = /^%PDF-[12]\.\d/;
const END = /%%EOF[\s\0]*$/;
const TAIL = 1024;
const STREAM = /(?<!end)stream[ \t]*(?:\r\n|\r|\n)/g;
const OBJECTS = '/ObjStm';

/** Names may be written with #xx for a character. */
const plain = (text: string): string =>
  text.replace(/#([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** One PDF from byte 0 to its end, with nothing active in it or in what it has packed. */
export async function isSoundPdf(content: Buffer): Promise<boolean> {
  const text = content.toString('latin1');
  if (!HEADER.test(text) || !END.test(text.slice(-TAIL)) || ACTIVE.test(plain(text))) return false;
  let [room, streams, behind] = [MOST_UNPACKED, 0, 0];
  for (const { index, 0: keyword } of text.matchAll(STREAM)) {
    const from = index + keyword.length;
    streams += 1;
    if (streams > MOST_STREAMS) return false;
    const said = plain(text.slice(behind, index));
    const unpacked = await unpackedAt(content, from, room);
    if (unpacked === 'TOO_MUCH' || !fits(said, unpacked)) return false;
    if (unpacked && ACTIVE.test(plain(unpacked))) return false;
    room -= unpacked?.length ?? 0;
    behind = from;
  }
  return !plain(text.slice(behind)).includes(OBJECTS);
}

/**
 * Is the stream what stands before it? Objects in a stream are read as we have read them, or the file is refused: by one filter,
 * without parameters, numbers first. What is said to be deflated is.
 */
function fits(said: string, unpacked: string | undefined): boolean {
  if (said.includes(OBJECTS))
    return unpacked !== undefined && /^\s*\d+\s+\d+/.test(unpacked) && !/\/(?:DecodeParms|DP)\b/.test(said);
  return true;
}

/** What a stream holds, where it is deflated; its checksum is not asked for, as no reader does. */
async function unpackedAt(content: Buffer, from: number, room: number): Promise<string | undefined | 'TOO_MUCH'> {
  const [first, second] = [content[from] ?? 0, content[from + 1] ?? 0];
  if ((first & 15) !== 8 || (first * 256 + second) % 31 !== 0) return undefined;
  const options = { maxOutputLength: room, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return (await inflate(content.subarray(from + 2), options)).toString('latin1');
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'TOO_MUCH' : undefined;
  }
}
