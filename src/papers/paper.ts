import { beijingMoment } from '../access/day';

/** Where a figure comes from: a source, the record there, and of which day. */
export interface Evidence {
  readonly source: string;
  readonly record: string;
  readonly asOf: string | null;
}

/** One thing that is said, and what bears it out. Null: there is none, or it is not for whoever asked. */
export interface Figure {
  readonly label: string;
  readonly value: string | null;
  readonly from: readonly Evidence[];
}

export interface Row {
  readonly cells: readonly (string | null)[];
  readonly from: readonly Evidence[];
}

export interface Figures {
  readonly title: string;
  readonly figures: readonly Figure[];
}

export interface Table {
  readonly title: string;
  readonly heading: readonly string[];
  readonly rows: readonly Row[];
}

/** A document of an office, whatever it is printed as. */
export interface Paper {
  readonly title: string;
  /** Of what it is: number of a receipt, hash of a report. */
  readonly number: string;
  readonly parts: readonly (Figures | Table)[];
}

export const isTable = (part: Figures | Table): part is Table => 'rows' in part;

const NOTHING = '—';
/** Characters that no XML may hold, and lone halves of a pair. */
const UNFIT = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
/** Marks that turn the writing around: on paper they are shown, and turn nothing. */
const TURNING = /[\u{202A}-\u{202E}\u{2066}-\u{2069}\u{200E}\u{200F}\u{061C}]/gu;

/** A value as it is printed: whatever it holds is text. */
export const printed = (value: string | null | undefined): string =>
  value === null || value === undefined || value === ''
    ? NOTHING
    : value
        .replace(UNFIT, '\uFFFD')
        .replace(TURNING, (mark) => `⟨U+${mark.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** An instant as people read it, in Beijing time; a day stays as it is. */
export const inBeijing = (time: string | null): string | null =>
  time?.includes('T') ? `${beijingMoment(new Date(time))}（北京时间）` : time;

const keyOf = ({ source, record, asOf }: Evidence): string => JSON.stringify([source, record, asOf]);

/** Every piece of evidence of a paper, numbered from 1 in the order in which it is first leaned on. */
export class Evidences {
  private readonly numbers = new Map<string, number>();
  readonly all: Evidence[] = [];

  constructor({ parts }: Paper) {
    for (const part of parts)
      for (const { from } of isTable(part) ? part.rows : part.figures) from.forEach((each) => this.add(each));
  }

  private add(evidence: Evidence): void {
    const key = keyOf(evidence);
    if (this.numbers.has(key)) return;
    this.all.push(evidence);
    this.numbers.set(key, this.all.length);
  }

  numberOf = (evidence: Evidence): number => this.numbers.get(keyOf(evidence))!;
}

export const EVIDENCE_TITLE = '证据';
export const EVIDENCE_HEADING = ['序号', '来源', '记录编号', '时点'] as const;
/** Name of the place of a piece of evidence within a paper. */
export const placeOf = (number: number): string => `e${number}`;
