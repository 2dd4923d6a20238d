import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';

type Client = Pick<ClientBase, 'query'>;
import { beijingDay } from '../../access/day';
import { actingAs } from '../../audit/writes';
import { systemViewer } from '../../context';
import { Refusal } from '../refusal';
import { refuseUntried } from '../whatif/report';
import { lineOf, type Known, type Line } from './line';
import { overlapsWith, overlapsWithin, type Standing } from './overlaps';
import { readLines, type Fault } from './read';

export interface ToLoad {
  /** As faults name it; its ending tells CSV from YAML. */
  readonly file: string;
  readonly text: string;
  readonly by: string;
  /** Agencies that the hub asks. */
  readonly sources: readonly string[];
  /** Codes that rules lean on: a file that gives one must have been tried out. */
  readonly leaned: ReadonlySet<string>;
  /** Id of the report on that. */
  readonly whatIf?: string;
}

/**
 * Loads a file of numbers as the owner, all of it or nothing. Known from now on: what was known before stays and can be
 * asked for. Throws Refusal with every fault, by file and line.
 */
export async function loadParameters(owner: Client, { by, leaned, ...given }: ToLoad, now: Date): Promise<number> {
  await owner.query('begin');
  try {
    await owner.query(
      actingAs({ viewer: systemViewer('hub', [], by), requestId: `parameters-${randomUUID()}` }, 'loadParameters'),
    );
    /* Loads take turns; readers are not kept waiting. */
    await owner.query('lock table parameter in share row exclusive mode');
    const { lines, standing } = await soundFile(owner, given);
    if (lines.some(({ code }) => leaned.has(code))) await refuseUntried(owner, given, now, beijingDay(now));
    if (standing.some(({ knownFrom }) => knownFrom >= now))
      throw new Refusal(
        `${given.file}: the clock says ${now.toISOString()}, before what is on the books became known. ${UNCHANGED}`,
      );
    for (const line of lines) await write(owner, line, now);
    await owner.query('commit');
    return lines.length;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}

/** What a file would set, beside what stands of the same numbers. Throws Refusal with every fault. */
export async function soundFile(
  client: Client,
  { file, text, sources }: Pick<ToLoad, 'file' | 'text' | 'sources'>,
): Promise<{ lines: Line[]; standing: Standing[] }> {
  const lines = soundLines(file, text, { sources, regions: await regionsOf(client) });
  const standing = await standingOf(client, lines);
  refuse(file, [...overlapsWithin(lines), ...overlapsWith(standing, lines)]);
  return { lines, standing };
}

const UNCHANGED = 'Nothing was changed.';

function soundLines(file: string, text: string, known: Known): Line[] {
  const { lines, faults } = readLines(file, text);
  const looked = lines.map((raw) => ({ at: raw.at, line: lineOf(raw, known) }));
  const wrong = looked.flatMap(({ at, line }) => (Array.isArray(line) ? line.map((says) => ({ at, says })) : []));
  refuse(file, [...faults, ...wrong]);
  return looked.flatMap(({ line }) => (Array.isArray(line) ? [] : [line]));
}

function refuse(file: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const said = [...faults].sort((one, other) => one.at - other.at).map(({ at, says }) => `${file}:${at}: ${says}`);
  throw new Refusal([...said, UNCHANGED].join('\n'));
}

const regionsOf = async (owner: Client): Promise<Set<string>> =>
  new Set((await owner.query<{ code: string }>('select code from region')).rows.map(({ code }) => code));

async function standingOf(owner: Client, lines: readonly Line[]): Promise<Standing[]> {
  const { rows } = await owner.query<Standing>(
    `select code, region_code as "regionCode", programme, valid_from::text as "validFrom", valid_to::text as "validTo",
       document_number as "documentNumber", known_from as "knownFrom"
     from parameter where code = any ($1) order by valid_from, known_from`,
    [lines.map(({ code }) => code)],
  );
  return rows;
}

async function write(owner: Client, line: Line, now: Date): Promise<void> {
  const { code, regionCode, programme, value, unit, documentNumber, mark, validFrom, validTo } = line;
  await owner.query(
    `insert into parameter (id, code, region_code, programme, value, unit, document_number, mark, valid_from, valid_to, known_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [randomUUID(), code, regionCode, programme, value, unit, documentNumber, mark, validFrom, validTo, now],
  );
}
