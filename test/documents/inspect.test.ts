import { deflateSync } from 'node:zlib';
import { inspect } from '../../src/store/files/inspect';
import { docx, jpeg, packed, pdf, png, stream, zip } from './support/bytes';

const verdict = (content: Buffer): Promise<string> =>
  inspect(content).then(
    ({ contentType }) => contentType,
    (error: { code: string }) => error.code,
  );
const after = (content: Buffer, more: Buffer | string) => Buffer.concat([content, Buffer.from(more as string)]);
const PAGE = deflateSync(Buffer.from('BT /F1 12 Tf (text) Tj ET'));
/** Deflated a thousand to one: more than may be unpacked. */
const BOMB = deflateSync(Buffer.alloc(140_000_000));

describe('a file is taken', () => {
  it.each([
    ['PDF', pdf('x'), 'application/pdf'],
    ['PDF with pages and objects packed, which opens at a page', rich(), 'application/pdf'],
    ['PDF with a line after its end', after(pdf('x'), '\r\n'), 'application/pdf'],
    ['PNG', png('x'), 'image/png'],
    ['JPEG', jpeg('x'), 'image/jpeg'],
  ])('as what it is: %s', async (_what, content, type) => {
    expect(await verdict(content)).toBe(type);
  });
});

function rich(): Buffer {
  const objects = [stream('/Filter /FlateDecode', PAGE), packed('<< /Type /Font >>'), stream('', 'BT ET')];
  return pdf('x', { catalogue: '/OpenAction [3 0 R /Fit]', objects });
}

describe('a file is refused', () => {
  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('你好')],
    ['an archive', zip({ 'a.txt': 'a' })],
    ['an archive of an archive', zip({ 'a.zip': zip({ b: 'b' }).toString('latin1') })],
    ['an office file with macros', docx()],
    ['an old office file', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000)])],
    ['gzip', Buffer.from('1f8b0800', 'hex')],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>x</script></svg>')],
    ['HTML', Buffer.from('<html><script>x</script></html>')],
    ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(500)])],
    ['GIF', Buffer.from('GIF89a')],
    ['PDF that does not begin at byte 0', Buffer.concat([Buffer.from('\n'), pdf('x')])],
    ['HTML before a PDF', Buffer.concat([Buffer.from('<html>'), pdf('x')])],
  ])('by its type: %s', async (_what, content) => {
    expect(await verdict(content)).toBe('FILE_TYPE_REFUSED');
  });

  it.each([
    ['JavaScript', '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>'],
    ['JavaScript, its name escaped', '/OpenAction << /S /J#61va#53cript /JS (app.alert\\(1\\)) >>'],
    ['JavaScript by name', '/Names << /JavaScript 4 0 R >>'],
    ['a program to start', '/OpenAction << /S /Launch /F (cmd.exe) >>'],
    ['a program to start, its name escaped', '/AA << /O << /S /#4caunch /F (cmd.exe) >> >>'],
    ['a file within', '/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>'],
    ['a form with scripts', '/AcroForm << /XFA [(t) 4 0 R] >>'],
    ['a form that sends itself away', '/OpenAction << /S /SubmitForm /F (http://x) >>'],
    ['a film', '/Annots [<< /Subtype /RichMedia >>]'],
  ])('PDF with %s, in clear and packed', async (_what, catalogue) => {
    expect(await verdict(pdf('x', { catalogue }))).toBe('FILE_UNSAFE');
    expect(await verdict(pdf('x', { objects: [packed(`<< ${catalogue} >>`)] }))).toBe('FILE_UNSAFE');
  });

  const hidden = '<< /S /JavaScript /JS (x) >>';
  const twice = deflateSync(deflateSync(Buffer.from(`9 0  ${hidden}`)));
  it.each([
    ['objects packed twice', stream('/Type /ObjStm /Filter [/FlateDecode /FlateDecode]', twice)],
    ['objects packed otherwise', stream('/Type /ObjStm /Filter /ASCIIHexDecode', Buffer.from(hidden).toString('hex'))],
    ['objects packed otherwise, its name escaped', stream('/Type /Obj#53tm /Filter /LZWDecode', 'xx')],
    ['objects behind a predictor', packed('<< >>', '/DecodeParms << /Predictor 2 >>')],
    [
      'objects whose packing is cut off before its checksum',
      stream('/Type /ObjStm /Filter /FlateDecode', deflateSync(Buffer.from(`9 0  ${hidden}`)).subarray(0, -4)),
    ],
    [
      'a stream said to be text that holds objects',
      stream('/Filter /FlateDecode', deflateSync(Buffer.from(`9 0  ${hidden}`))),
    ],
    ['a page that unpacks to more than a memory', stream('/Filter /FlateDecode', BOMB)],
    ['objects of which no stream is', '<< /Type /ObjStm >>'],
  ])('PDF with %s', async (_what, object) => {
    expect(await verdict(pdf('x', { objects: [object] }))).toBe('FILE_UNSAFE');
  });

  const [aPdf, aPng, aJpeg] = [pdf('x'), png('x'), jpeg('x')];
  const lie = Buffer.from(aPng);
  lie[lie.length - 20]! ^= 1;
  it.each([
    ['PDF under a password', aPdf.toString('latin1').replace('/Root', '/Encrypt << >> /Root')],
    ['PDF cut off', aPdf.subarray(0, -12)],
    ['PDF with an archive behind it', after(aPdf, zip({ a: 'a' }))],
    ['PDF with an archive in it that ends before it does', after(after(aPdf, zip({ a: 'a' })), '\n%%EOF\n')],
    ['PDF with a page of HTML behind it', after(aPdf, '<script>x</script>')],
    ['PNG with an archive behind it', after(aPng, zip({ a: 'a' }))],
    ['PNG with a byte behind it', after(aPng, 'x')],
    ['PNG cut off', aPng.subarray(0, -12)],
    ['PNG with a false checksum', lie],
    ['PNG that begins otherwise', Buffer.concat([aPng.subarray(0, 8), aPng.subarray(33)])],
    ['PNG that claims ten thousand million pixels', png('x', { width: 100_000, height: 100_000 })],
    ['JPEG with an archive behind it', after(aJpeg, zip({ a: 'a' }))],
    ['JPEG with a byte behind it', after(aJpeg, 'x')],
    ['JPEG cut off', aJpeg.subarray(0, -2)],
    ['JPEG of its first bytes', aJpeg.subarray(0, 3)],
    ['JPEG without a picture', Buffer.from('ffd8ffd9', 'hex')],
    ['JPEG that claims four thousand million pixels', jpeg('x', { width: 65_000, height: 65_000 })],
  ])('%s', async (_what, content) => {
    expect(await verdict(Buffer.from(content as string, 'latin1'))).toBe('FILE_UNSAFE');
  });
});
