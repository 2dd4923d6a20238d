import { crc32, deflateSync } from 'node:zlib';

/** Small real files, made here, each with a marker that is found again wherever it lies in clear. */

const chunk = (name: string, data: Buffer): Buffer => {
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** One grey pixel, whatever size it says it has. */
export function png(marker: string, { width = 1, height = 1, padding = 0 } = {}): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.concat([Buffer.from(`Comment\0${marker}`), Buffer.alloc(padding, 'p')])),
    chunk('IDAT', deflateSync(Buffer.from([0, 127]))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
};

/** Eight by eight grey, baseline: one code of one bit in either table, and so a scan of two bits. */
export function jpeg(marker: string, { width = 8, height = 8 } = {}): Buffer {
  const table = (kind: number) => Buffer.from([kind, 1, ...Array<number>(15).fill(0), 0]);
  const frame = Buffer.from([8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    segment(0xfe, Buffer.from(marker)),
    segment(0xdb, Buffer.from([0, ...Array<number>(64).fill(16)])),
    segment(0xc0, frame),
    segment(0xc4, table(0x00)),
    segment(0xc4, table(0x10)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x3f, 0xff, 0xd9]),
  ]);
}

type Part = string | Buffer;
const bytesOf = (part: Part): Buffer => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part);

/** @param objects bodies of objects 3 and on, beside a catalogue and a tree of pages. */
export function pdf(marker: string, { catalogue = '', objects = [] as readonly Part[] } = {}): Buffer {
  const page = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>';
  const bodies: readonly Part[] = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    ...[page, `(${marker})`, ...objects],
  ];
  let whole = bytesOf('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const offsets = bodies.map((body, at) => {
    const from = whole.length;
    whole = Buffer.concat([whole, bytesOf(`${at + 1} 0 obj\n`), bytesOf(body), bytesOf('\nendobj\n')]);
    return `${String(from).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${bodies.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${bodies.length + 1} /Root 1 0 R >>\nstartxref\n${whole.length}\n%%EOF\n`;
  return Buffer.concat([whole, bytesOf(table), bytesOf(trailer)]);
}

export const stream = (said: string, data: Part): Buffer =>
  Buffer.concat([
    bytesOf(`<< ${said} /Length ${bytesOf(data).length} >>\nstream\n`),
    bytesOf(data),
    bytesOf('\nendstream'),
  ]);

/** A stream of objects: an object in it is packed. */
export const packed = (object: string, more = ''): Buffer =>
  stream(`/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode ${more}`, deflateSync(Buffer.from(`9 0  ${object}`)));

/** An archive with the named members, stored. */
export function zip(members: Readonly<Record<string, string>>): Buffer {
  const [files, central]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(members)) {
    const data = Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(data), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), common, place, Buffer.from(name)]));
    files.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('504b0506', 0, 'hex');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, directory, end]);
}

export const docx = (): Buffer =>
  zip({
    '[Content_Types].xml': '<Types/>',
    'word/document.xml': '<w:document/>',
    'word/vbaProject.bin': 'Attribute VB_Name',
  });
