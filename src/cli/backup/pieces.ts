/** A piece of a heap on its way: its name, and its bytes. */
export interface Piece {
  readonly name: string;
  readonly content: Buffer;
}

const HEAD = 8;
const LONGEST_NAME = 100;
/** No name leads out of the heap it goes back to. */
const NAME = /^[0-9a-f-]{36}(\.json)?$/;

/** The length of the name and of the content, the name, the content. */
export function* packed({ name, content }: Piece): Generator<Buffer> {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(Buffer.byteLength(name));
  head.writeUInt32BE(content.length, 4);
  yield Buffer.concat([head, Buffer.from(name)]);
  yield content;
}

/** Throws where they are not as they were packed, or end in the middle of one. */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let [held, length]: [Buffer[], number] = [[], 0];
  let wanted = HEAD;
  for await (const part of source) {
    held.push(part);
    length += part.length;
    while (length >= wanted) {
      const all = Buffer.concat(held);
      const [names, bytes] = [all.readUInt32BE(0), all.readUInt32BE(4)];
      if (names > LONGEST_NAME) throw new Error('no name of a piece');
      wanted = HEAD + names + bytes;
      [held, length] = [[all], all.length];
      if (length < wanted) break;
      yield { name: nameIn(all.subarray(HEAD, HEAD + names)), content: all.subarray(HEAD + names, wanted) };
      [held, length] = [[all.subarray(wanted)], all.length - wanted];
      wanted = HEAD;
    }
  }
  if (length > 0) throw new Error('cut off');
}

function nameIn(bytes: Buffer): string {
  const name = bytes.toString();
  if (!NAME.test(name)) throw new Error('no name of a piece');
  return name;
}
