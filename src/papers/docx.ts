import {
  EVIDENCE_HEADING,
  EVIDENCE_TITLE,
  Evidences,
  inBeijing,
  isTable,
  placeOf,
  printed,
  type Evidence,
  type Figures,
  type Paper,
  type Table,
} from './paper';

/* Loaded when it is needed: a start does without it. */
const load = () => import('docx');
type Library = Awaited<ReturnType<typeof load>>;

/** A paper as a document of a word processor; each figure leads to its evidence. The library is loaded for the first one. */
export async function docxOf(paper: Paper): Promise<Buffer> {
  const library = await load();
  const evidences = new Evidences(paper);
  const { Document, Packer, HeadingLevel, AlignmentType, Paragraph, TextRun } = library;
  const title = new Paragraph({
    ...{ heading: HeadingLevel.TITLE, alignment: AlignmentType.CENTER, children: [new TextRun(printed(paper.title))] },
  });
  const number = new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun(printed(paper.number))] });
  const parts = paper.parts.flatMap((part) => partOf(library, part, evidences));
  const children = [title, number, ...parts, ...listOf(library, evidences)];
  const document = new Document({ creator: '安居', title: printed(paper.title), sections: [{ children }] });
  return Packer.toBuffer(document);
}

type Child = InstanceType<Library['TextRun' | 'InternalHyperlink' | 'Bookmark']>;

/** Line breaks are breaks; everything else is text. */
function runs({ TextRun }: Library, value: string | null): Child[] {
  return printed(value)
    .split(/\r?\n/)
    .map((text, at) => new TextRun(at === 0 ? text : { text, break: 1 }));
}

const links = ({ InternalHyperlink, TextRun }: Library, from: readonly Evidence[], { numberOf }: Evidences): Child[] =>
  from.map((each) => {
    const number = numberOf(each);
    return new InternalHyperlink({ anchor: placeOf(number), children: [new TextRun(` [${number}]`)] });
  });

const cellOf = ({ TableCell, Paragraph }: Library, children: Child[]) =>
  new TableCell({ children: [new Paragraph({ children })] });

const rowOf = (library: Library, cells: readonly Child[][], tableHeader = false) =>
  new library.TableRow({ tableHeader, cantSplit: false, children: cells.map((each) => cellOf(library, each)) });

function tableOf({ Table: Grid, WidthType }: Library, rows: InstanceType<Library['TableRow']>[]) {
  return new Grid({ rows, width: { size: 100, type: WidthType.PERCENTAGE } });
}

const headingOf = ({ Paragraph, HeadingLevel, TextRun }: Library, title: string) =>
  new Paragraph({ heading: HeadingLevel.HEADING_2, children: [new TextRun(printed(title))] });

function partOf(library: Library, part: Figures | Table, evidences: Evidences) {
  const heading = headingOf(library, part.title);
  if (!isTable(part)) {
    const rows = part.figures.map(({ label, value, from }) =>
      rowOf(library, [runs(library, label), [...runs(library, value), ...links(library, from, evidences)]]),
    );
    return rows.length === 0 ? [heading] : [heading, tableOf(library, rows)];
  }
  const rows = part.rows.map(({ cells, from }) =>
    rowOf(library, [...cells.map((each) => runs(library, each)), links(library, from, evidences)]),
  );
  return [heading, tableOf(library, [headOf(library, [...part.heading, EVIDENCE_TITLE]), ...rows])];
}

const headOf = (library: Library, heading: readonly string[]) =>
  rowOf(
    library,
    heading.map((each) => runs(library, each)),
    true,
  );

function listOf(library: Library, { all }: Evidences) {
  const rows = all.map(({ source, record, asOf }, at) => {
    const children = [new library.TextRun(String(at + 1))];
    const place = new library.Bookmark({ id: placeOf(at + 1), children });
    return rowOf(library, [[place], ...[source, record, inBeijing(asOf)].map((each) => runs(library, each))]);
  });
  return [headingOf(library, EVIDENCE_TITLE), tableOf(library, [headOf(library, EVIDENCE_HEADING), ...rows])];
}
