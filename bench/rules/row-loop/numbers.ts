import type { ClientBase } from 'pg';
import { NOW, TODAY } from '../made-up/dice';

/** A number of the law by code, in a place; undefined where no document sets one. */
export type NumberOf = (code: string, region: string, programme: string) => number | undefined;

interface Line {
  readonly code: string;
  readonly region: string | null;
  readonly programme: string | null;
  readonly value: number;
}

/** All numbers in force today, the latest word first, and the place's own before those above it. */
export async function numbersOf(client: Pick<ClientBase, 'query'>): Promise<NumberOf> {
  const { rows: regions } = await client.query<{ code: string; parent: string | null }>(
    'select code, parent_code as parent from region',
  );
  const { rows: lines } = await client.query<Line>(
    `select code, region_code as region, programme, value::float8 as value from parameter
     where valid_from <= $1 and (valid_to is null or valid_to >= $1) and known_from <= $2 order by known_from desc, valid_from desc`,
    [TODAY, NOW],
  );
  const parents = new Map(regions.map(({ code, parent }) => [code, parent]));
  const said = new Map<string, number>();
  for (const { code, region, programme, value } of lines) {
    const key = [code, region ?? '', programme ?? ''].join('/');
    if (!said.has(key)) said.set(key, value);
  }
  const known = new Map<string, number | undefined>();
  const look = (code: string, region: string, programme: string): number | undefined => {
    for (let place: string | null = region; ; place = parents.get(place) ?? null) {
      const value = said.get([code, place ?? '', programme].join('/')) ?? said.get([code, place ?? '', ''].join('/'));
      if (value !== undefined || place === null) return value;
    }
  };
  return (code, region, programme) => {
    const key = [code, region, programme].join('/');
    if (!known.has(key)) known.set(key, look(code, region, programme));
    return known.get(key);
  };
}

/** Successors of abolished regions. */
export async function successorsOf(client: Pick<ClientBase, 'query'>): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ code: string; successor: string }>(
    'select code, successor_code as successor from region where successor_code is not null',
  );
  return new Map(rows.map(({ code, successor }) => [code, successor]));
}
