import { beijingDay } from '../../access/day';
import { refuseFile } from '../../bulk/table';
import { importApplications } from '../../commands/import-applications';
import {
  COLUMNS,
  isFlawed,
  readApplicationLine,
  readHeading,
  type ApplicationLine,
  type FlawedLine,
} from '../../store/bulk/application-line';
import type { Chunks } from './chunks';
import type { RowOutcome } from './outcome';

const CHUNK = 500;

/** Rows of a file as applications, so many a transaction. */
export const applicationChunks: Chunks = async function* (ctx, about, heading, rows) {
  const { flow } = about;
  if (flow === null) return refuseFile('该区划没有确定的审核流程，请先登记参数 admission.zone-is-districted');
  const headings = readHeading(heading, about.fields);
  const today = beijingDay(ctx.hub.now());
  const keys = new Set<string>();
  const land = async (lines: readonly (ApplicationLine | FlawedLine)[]): Promise<RowOutcome[]> => {
    const sound = lines.filter((line): line is ApplicationLine => !isFlawed(line));
    const landed = sound.length > 0 ? await importApplications(ctx, { ...about, flow, lines: sound }) : [];
    const flawed = lines.filter(isFlawed).map((line): RowOutcome => ({ ...line, outcome: 'REFUSED' }));
    const outcomes = landed.map(({ line: { number, key }, ...rest }): RowOutcome => ({ number, key, ...rest }));
    return [...flawed, ...outcomes].sort((one, other) => one.number - other.number);
  };
  let chunk: (ApplicationLine | FlawedLine)[] = [];
  for await (const row of rows) {
    if (row.cells.every((cell) => cell === '')) continue;
    chunk.push(once(keys, readApplicationLine(row, headings, today)));
    if (chunk.length < CHUNK) continue;
    yield await land(chunk);
    chunk = [];
  }
  if (chunk.length > 0) yield await land(chunk);
};

/** Of two rows with one key the second would undo the first. */
function once(keys: Set<string>, line: ApplicationLine | FlawedLine): ApplicationLine | FlawedLine {
  if (isFlawed(line)) return line;
  const { number, key } = line;
  if (keys.size === keys.add(key).size)
    return { number, key, flaws: [{ code: 'INVALID_INPUT', field: COLUMNS.sourceKey, detail: '表中重复' }] };
  return line;
}
