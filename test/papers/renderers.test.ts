import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { docxOf } from '../../src/papers/docx';
import { htmlOf, HTML_POLICY } from '../../src/papers/html';
import type { Paper } from '../../src/papers/paper';
import { seedProperties } from '../support/seed';
import { bare, readDocx, readHtml, unzipped } from './read';

seedProperties();

const EVIDENCE = { source: '住房保障档案', record: 'r-1', asOf: '2026-11-30' };
const paperOf = (name: string, label = '姓名'): Paper => ({
  ...{ title: '申请表', number: '受理-1' },
  parts: [
    { title: '一', figures: [{ label, value: name, from: [EVIDENCE, { ...EVIDENCE, record: name }] }] },
    { title: '二', heading: ['甲', '乙'], rows: [{ cells: [name, null], from: [EVIDENCE] }] },
  ],
});
const HOSTILE = [
  '<script>alert(1)</script>',
  `"><img src=x onerror='alert(1)'>`,
  '</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe</w:instrText></w:r>',
  '&lt;b&gt; &amp; &#x41;',
  ']]><!--<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
  '=HYPERLINK("http://x","y")',
  '名'.repeat(4000),
  '白音·𠮷野家 ᠮᠣᠩᠭᠣᠯ',
] as const;

describe('a paper', () => {
  it.each(HOSTILE)('holds %p as text, in HTML as in DOCX, and nothing of it is anything else', async (name) => {
    const [html, docx] = [readHtml(htmlOf(paperOf(name, name))), await readDocx(await docxOf(paperOf(name, name)))];
    for (const { rows } of [html, docx]) {
      expect(rows[0]!.cells.map(bare)).toEqual([name, name]);
      expect(rows[2]!.cells.slice(0, 2)).toEqual([name, '—']);
    }
    const plain = htmlOf(paperOf('x', 'x'));
    const tags = (text: string) => [...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
    expect(tags(htmlOf(paperOf(name, name)))).toEqual(tags(plain));
  });

  it('shows marks that turn the writing around, and holds nothing that is no character', async () => {
    const name = '甲\u202E乙\u2066\u0000\uD800丙';
    const shown = '甲⟨U+202E⟩乙⟨U+2066⟩\uFFFD\uFFFD丙';
    expect(readHtml(htmlOf(paperOf(name))).rows[0]!.cells.map(bare)).toEqual(['姓名', shown]);
    expect((await readDocx(await docxOf(paperOf(name)))).rows[0]!.cells.map(bare)).toEqual(['姓名', shown]);
  });

  it('says the same in either form whatever is in it, and every figure leads to its evidence', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    const evidence = fc.record({ source: text, record: text, asOf: fc.option(text) });
    const from = fc.array(evidence, { minLength: 1, maxLength: 3 });
    const figures = fc.record({
      title: text,
      figures: fc.array(fc.record({ label: text, value: fc.option(text), from }), { maxLength: 3 }),
    });
    const table = fc.record({
      ...{ title: text, heading: fc.constant(['甲', '乙']) },
      rows: fc.array(fc.record({ cells: fc.tuple(fc.option(text), fc.option(text)), from }), { maxLength: 3 }),
    });
    const papers = fc.record({
      title: text,
      number: text,
      parts: fc.array(fc.oneof(figures, table), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(papers, async (paper: Paper) => {
        const [html, docx] = [readHtml(htmlOf(paper)), await readDocx(await docxOf(paper))];
        const said = ({ cells }: { cells: readonly string[] }) =>
          cells.map((cell) =>
            bare(cell)
              .replace(/[\r\n]+/g, '\n')
              .trim(),
          );
        expect(docx.rows.map(said)).toEqual(html.rows.map(said));
        for (const { rows } of [html, docx]) {
          const places = rows.flatMap((row) => row.places);
          expect(new Set(places).size).toBe(places.length);
          const links = rows.flatMap((row) => row.links);
          expect([...new Set(links)].sort()).toEqual([...places].sort());
          const counts = paper.parts.flatMap((part) =>
            [...('rows' in part ? part.rows : part.figures)].map((each) => each.from.length),
          );
          expect(rows.flatMap((row) => (row.links.length > 0 ? [row.links.length] : []))).toEqual(counts);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('runs nothing and fetches nothing: its one style is known by hash, and the document holds no macro, no field and no address', async () => {
    const html = htmlOf(paperOf('x'));
    const style = /<style>([^]*)<\/style>/.exec(html)![1]!;
    expect(HTML_POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(HTML_POLICY).toMatch(/^default-src 'none'; /);
    expect(html).not.toMatch(/<script|<link|<img|https?:|javascript:|\son\w+=/);
    const parts = await unzipped(await docxOf(paperOf('x')));
    expect([...parts.keys()].filter((name) => /vba|macro|embed|activeX|\.bin$/i.test(name))).toEqual([]);
    for (const [name, part] of parts)
      if (name.endsWith('.rels')) expect(part.toString()).not.toContain('TargetMode="External"');
    expect(parts.get('word/document.xml')!.toString()).not.toMatch(/instrText|fldSimple/);
  });
});
