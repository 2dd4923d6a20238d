import { SaxesParser } from 'saxes';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** A line of a table as a reader that knows nothing of the renderers finds it. */
export interface ReadRow {
  readonly cells: readonly string[];
  /** Places that it leads to. */
  readonly links: readonly string[];
  /** Places that lead to it. */
  readonly places: readonly string[];
}

export interface ReadPaper {
  readonly title: string;
  readonly rows: readonly ReadRow[];
  /** Everything that is written, in order. */
  readonly text: string;
}

interface Names {
  readonly row: string;
  readonly cells: readonly string[];
  readonly title: string;
  /** Element whose text counts; undefined: all. */
  readonly text?: string;
  readonly linkOf: (name: string, attributes: Readonly<Record<string, string>>) => string | undefined;
  readonly placeOf: (name: string, attributes: Readonly<Record<string, string>>) => string | undefined;
}

function read(xml: string, { row, cells, title, text, linkOf, placeOf }: Names): ReadPaper {
  const rows: { cells: string[]; links: string[]; places: string[] }[] = [];
  let [found, written, inTitle] = ['', '', false];
  let [depth, inRow] = [0, false];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const given = attributes as Record<string, string>;
    if (name === row) inRow = Boolean(rows.push({ cells: [], links: [], places: [] }));
    if (cells.includes(name)) rows.at(-1)!.cells.push('');
    if (name === title) inTitle = true;
    if (name === text) depth += 1;
    if (name === 'w:br' && inRow) rows.at(-1)!.cells[rows.at(-1)!.cells.length - 1] += '\n';
    const [link, place] = [linkOf(name, given), placeOf(name, given)];
    if (link !== undefined) rows.at(-1)!.links.push(link);
    if (place !== undefined) rows.at(-1)!.places.push(place);
  });
  parser.on('text', (said) => {
    if (text !== undefined && depth === 0) return;
    written += said;
    if (inTitle) found += said;
    const last = inRow ? rows.at(-1)!.cells : [];
    if (last.length > 0) last[last.length - 1] += said;
  });
  parser.on('closetag', ({ name }) => {
    if (name === row) inRow = false;
    if (name === title) inTitle = false;
    if (name === text) depth -= 1;
  });
  parser.write(xml).close();
  return { title: found, rows, text: written };
}

/** As XML, which it has to be. */
export const readHtml = (html: string): ReadPaper =>
  read(html, {
    ...{ row: 'tr', cells: ['td', 'th'], title: 'h1' },
    linkOf: (name, { href }) => (name === 'a' ? href?.replace(/^#/, '') : undefined),
    placeOf: (name, { id }) => (name === 'tr' ? id : undefined),
  });

const whole = (zip: ZipFile, entry: Entry): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
    }),
  );

/** The parts of an archive, by their names. */
export const unzipped = (bytes: Buffer): Promise<Map<string, Buffer>> =>
  new Promise((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, Buffer>();
      zip.on('entry', (entry: Entry) => {
        whole(zip, entry).then((part) => {
          parts.set(entry.fileName, part);
          zip.readEntry();
        }, reject);
      });
      zip.on('end', () => resolve(parts));
      zip.readEntry();
    }),
  );

export async function readDocx(bytes: Buffer): Promise<ReadPaper> {
  const xml = (await unzipped(bytes)).get('word/document.xml')!.toString('utf8');
  return read(xml, {
    ...{ row: 'w:tr', cells: ['w:tc'], title: 'none', text: 'w:t' },
    linkOf: (name, attributes) => (name === 'w:hyperlink' ? attributes['w:anchor'] : undefined),
    placeOf: (name, attributes) => (name === 'w:bookmarkStart' ? attributes['w:name'] : undefined),
  });
}

/** A cell without the numbers of its evidence. */
export const bare = (cell: string): string => cell.replace(/( \[\d+\])+$/, '');
