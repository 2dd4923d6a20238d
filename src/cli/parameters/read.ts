import { parse as parseCsv, CsvError } from 'csv-parse/sync';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';

/** A number as a file gives it, not looked at yet: texts by name, with its line. */
export interface RawLine {
  readonly at: number;
  readonly fields: ReadonlyMap<string, string>;
}

/** What is wrong with a line of a file. */
export interface Fault {
  readonly at: number;
  readonly says: string;
}

export interface Read {
  readonly lines: readonly RawLine[];
  readonly faults: readonly Fault[];
}

/** The lines of a list in YAML, or of a table in CSV whose first line names the columns. */
export function readLines(name: string, text: string): Read {
  const read = name.endsWith('.csv') ? readCsv(text) : readYaml(text);
  return read.lines.length + read.faults.length > 0
    ? read
    : { lines: [], faults: [{ at: 1, says: 'it gives no number' }] };
}

function readYaml(text: string): Read {
  const counter = new LineCounter();
  const lineOf = (node: unknown) => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return range ? counter.linePos(range[0]!).line : 1;
  };
  /* failsafe: every value stays the text that was written */
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: counter });
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ linePos, message }) => ({
      at: linePos?.[0].line ?? 1,
      says: message.split(/ at line |\n/)[0]!,
    }));
    return { lines: [], faults };
  }
  if (document.contents === null) return { lines: [], faults: [] };
  if (!isSeq(document.contents)) return { lines: [], faults: [{ at: 1, says: 'it is no list' }] };
  const faults: Fault[] = [];
  const lines = document.contents.items.flatMap((item): RawLine[] => {
    const fields = isMap(item) ? textsOf(item) : undefined;
    if (fields) return [{ at: lineOf(item), fields }];
    faults.push({ at: lineOf(item), says: 'it is no list of names with one text each' });
    return [];
  });
  return { lines, faults };
}

function textsOf({ items }: YAMLMap): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const { key, value } of items) {
    if (!isScalar(key) || !isScalar(value)) return undefined;
    fields.set(String(key.value), String(value.value).trim());
  }
  return fields;
}

function readCsv(text: string): Read {
  try {
    const [header, ...records] = parseCsv(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
    }) as unknown as {
      record: string[];
      info: { lines: number };
    }[];
    const names = header?.record ?? [];
    const twice = names.find((name, at) => names.indexOf(name) < at);
    if (twice !== undefined) return { lines: [], faults: [{ at: 1, says: `two columns are called '${twice}'` }] };
    const fields = (record: readonly string[]) => new Map(names.map((name, at) => [name, record[at]!]));
    return { lines: records.map(({ record, info }) => ({ at: info.lines, fields: fields(record) })), faults: [] };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return {
      lines: [],
      faults: [{ at: Number(error['lines'] ?? 1), says: error.message.replace(/ on line \d+$/, '') }],
    };
  }
}
