import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { actingAs } from '../../audit/writes';
import { systemViewer } from '../../context';
import { Refusal } from '../refusal';
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
}

/**
 * Loads a file of numbers as the owner, all of it or nothing. Known from now on: what was known before stays and can be
 * asked for. Throws Refusal with every fault, by file and line.
 */
export async function loadParameters(owner: Client, { file, text, by, sources }: ToLoad, now: Date): Promise<number> {
  await owner.query('begin');
  try {
    await owner.query(
      actingAs({ viewer: systemViewer('hub', [], by), requestId: `parameters-${randomUUID()}` }, 'loadParameters'),
    );
    /* Loads take turns; readers are not kept waiting. */
    await owner.query('lock table parameter in share row exclusive mode');
    const lines = soundLines(file, text, { sources, regions: await regionsOf(owner) });
    const standing = await standingOf(owner, lines);
    refuse(file, [...overlapsWithin(lines), ...overlapsWith(standing, lines)]);
    if (standing.some(({ knownFrom }) => knownFrom >= now))
      throw new Refusal(
        `${file}: the clock says ${now.toISOString()}, before what is on the books became known. ${UNCHANGED}`,
      );
    for (const line of lines) await write(owner, line, now);
    await owner.query('commit');
    return lines.length;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
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
