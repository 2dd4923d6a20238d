import { connect } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Lines of the head, in order, without the first. */
  readonly lines: readonly string[];
  /** Bytes as one-byte characters. */
  readonly body: string;
}

/** Writes this text to a server as it is and reads until the server hangs up. `slow`: reads nothing before it is told. */
export function converse(url: string, text: string, slow: Promise<unknown> = Promise.resolve()): Promise<Answer[]> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(text, 'latin1'));
    const chunks: Buffer[] = [];
    socket.once('error', reject);
    socket.once('end', () => resolve(answersIn(Buffer.concat(chunks).toString('latin1'))));
    void slow.then(() => socket.on('data', (chunk) => chunks.push(chunk)));
  });
}

/** Answers, one after the other, each as long as it says; a 304 has no body. */
function answersIn(text: string): Answer[] {
  if (text === '') return [];
  const cut = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, cut).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]);
  const length = status === 304 ? 0 : Number(headerIn(lines, 'content-length') ?? 0);
  const [start, end] = [cut + 4, cut + 4 + length];
  return [{ status, lines, body: text.slice(start, end) }, ...answersIn(text.slice(end))];
}

export const headerIn = (lines: readonly string[], name: string): string | undefined =>
  lines.find((line) => line.toLowerCase().startsWith(`${name}: `))?.slice(name.length + 2);
