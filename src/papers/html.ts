import { createHash } from 'node:crypto';
import { asMarkup } from '../access/markup';
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

const STYLE = `@page{size:A4;margin:20mm}body{font:10.5pt/1.6 "Songti SC",SimSun,serif;max-width:170mm;margin:0 auto}
h1{font-size:16pt;text-align:center}h2{font-size:12pt}table{border-collapse:collapse;width:100%}
th,td{border:.5pt solid #000;padding:1mm 2mm;text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-wrap}
tr{break-inside:avoid}thead{display:table-header-group}.number{text-align:center}a{color:inherit}`;

/** Nothing runs and nothing is fetched: the one style is known by its hash. */
export const HTML_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; sandbox`;

const escaped = (value: string | null): string => asMarkup(printed(value));
/** Of its own direction: no value turns what stands beside it. */
const cell = (value: string | null): string => `<bdi>${escaped(value)}</bdi>`;

/** A paper for A4, well formed as XML too. */
export function htmlOf(paper: Paper): string {
  const evidences = new Evidences(paper);
  const parts = paper.parts.map((part) => (isTable(part) ? tableOf(part, evidences) : figuresOf(part, evidences)));
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"/><title>${escaped(paper.title)}</title><style>${STYLE}</style></head>
<body><h1>${escaped(paper.title)}</h1><p class="number">${cell(paper.number)}</p>
${parts.join('\n')}
${listOf(evidences)}
</body></html>
`;
}

const linksOf = (from: readonly Evidence[], { numberOf }: Evidences): string =>
  from.map((each) => ` <a href="#${placeOf(numberOf(each))}">[${numberOf(each)}]</a>`).join('');

const figuresOf = ({ title, figures }: Figures, evidences: Evidences): string =>
  `<h2>${escaped(title)}</h2><table><tbody>${figures
    .map(
      ({ label, value, from }) => `<tr><th>${cell(label)}</th><td>${cell(value)}${linksOf(from, evidences)}</td></tr>`,
    )
    .join('')}</tbody></table>`;

const headOf = (heading: readonly string[]): string =>
  `<thead><tr>${heading.map((each) => `<th>${escaped(each)}</th>`).join('')}</tr></thead>`;

const tableOf = ({ title, heading, rows }: Table, evidences: Evidences): string =>
  `<h2>${escaped(title)}</h2><table>${headOf([...heading, EVIDENCE_TITLE])}<tbody>${rows
    .map(
      ({ cells, from }) =>
        `<tr>${cells.map((each) => `<td>${cell(each)}</td>`).join('')}<td>${linksOf(from, evidences)}</td></tr>`,
    )
    .join('')}</tbody></table>`;

const listOf = ({ all }: Evidences): string =>
  `<h2>${EVIDENCE_TITLE}</h2><table>${headOf(EVIDENCE_HEADING)}<tbody>${all
    .map(
      ({ source, record, asOf }, at) =>
        `<tr id="${placeOf(at + 1)}"><td>${at + 1}</td><td>${cell(source)}</td><td>${cell(record)}</td><td>${cell(inBeijing(asOf))}</td></tr>`,
    )
    .join('')}</tbody></table>`;
