import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { HubError } from '../../errors';
import { refuseFile } from '../table';

export interface Handlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads a part as it is unpacked: one turn a piece, after which whatever the handlers have gathered may be taken. */
export async function* parsed(part: Readable, { open, text, close }: Handlers): AsyncGenerator<void> {
  const parser = new SaxesParser();
  parser.on('doctype', () => refuseFile('不受理带 DOCTYPE 的文件'));
  parser.on('error', () => refuseFile('电子表格的内容不合规范'));
  parser.on('opentag', ({ name, attributes }) => open(local(name), attributes as Record<string, string>));
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', ({ name }) => close(local(name)));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of part as AsyncIterable<Buffer>) {
      parser.write(decoder.decode(bytes, { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
    yield;
  } catch (error) {
    if (error instanceof HubError) throw error;
    refuseFile('电子表格已损坏，或解压后的大小与所称不符');
  }
}

/** The same of a small part, to its end. */
export async function readWhole(part: Readable, handlers: Handlers): Promise<void> {
  const turns = parsed(part, handlers);
  for (let turn = await turns.next(); !turn.done; turn = await turns.next());
}
