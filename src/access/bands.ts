/*
 * What the public list tells of an income and an area: bands, and only as narrow as at least two households of the list share. Masks of
 * numbers are src/access/masks. A mark on a household of which there is one leads to its dwelling, and so does what is left when
 * its neighbours are taken away: so area is told more widely for all that share a band, not for the lone one alone.
 */

export interface Steps {
  /** Fen per head and month; up to the first, up to the second, above. Null: no two ascending edges are set. */
  readonly edges: readonly [number, number] | null;
  /** cm²: how wide a band of area is, and how wide where a narrow one would single somebody out. Null: not set, or not whole steps. */
  readonly widths: readonly [number, number] | null;
}

export interface Exact {
  /** Null: nobody determined it, or it may not be told. */
  readonly incomeFen: number | null;
  readonly areaCm2: number;
  /** 建筑面积, 使用面积. */
  readonly areaTitle: string;
}

export interface Shown {
  readonly income: string | null;
  readonly area: string | null;
}

/** Bands of these numbers; null where they make none. */
export function stepsOf(edges: readonly (number | null)[], widths: readonly (number | null)[]): Steps {
  const [low = null, high = null] = edges;
  const [narrow = null, wide = null] = widths;
  return {
    edges: low !== null && high !== null && low < high ? [low, high] : null,
    widths: narrow && wide && narrow < wide && wide % narrow === 0 ? [narrow, wide] : null,
  };
}

/** As few of a list that are alike show nothing of what they are alike in. */
const ALIKE = 2;

/** What may be told of each household of one list, in the order of the list. */
export function shownOf(list: readonly Exact[], { edges, widths }: Steps): Shown[] {
  const told = list.map((one) => ({
    income: incomeBand(one.incomeFen, edges),
    narrow: areaBand(one, widths?.[0]),
    wide: areaBand(one, widths?.[1]),
  }));
  const key = (...parts: readonly (string | null)[]) => JSON.stringify(parts);
  const narrow = counted(told.map((one) => key(one.income, one.narrow)));
  /* A narrow band is shown only if all the narrow ones of its wide one are shared: else the lone one is what is left. */
  const lone = new Set(
    told.filter((one) => narrow.get(key(one.income, one.narrow))! < ALIKE).map((one) => key(one.income, one.wide)),
  );
  const wide = counted(told.map((one) => key(one.income, one.wide)));
  const coarse = told.map((one): Shown => {
    if (one.income === null || wide.get(key(one.income, one.wide))! < ALIKE) return { income: null, area: one.wide };
    return { income: one.income, area: lone.has(key(one.income, one.wide)) ? one.wide : one.narrow };
  });
  const last = counted(coarse.map((one) => key(one.income, one.area)));
  return coarse.map((one) => (last.get(key(one.income, one.area))! < ALIKE ? { income: null, area: null } : one));
}

function counted(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function incomeBand(fen: number | null, edges: Steps['edges']): string | null {
  if (fen === null || edges === null) return null;
  const [low, high] = edges.map((edge) => edge / 100);
  if (fen <= edges[0]) return `不超过 ${low} 元`;
  return fen <= edges[1] ? `超过 ${low} 元、不超过 ${high} 元` : `超过 ${high} 元`;
}

function areaBand({ areaCm2, areaTitle }: Exact, width: number | undefined): string | null {
  if (width === undefined) return null;
  const from = Math.floor(areaCm2 / width) * width;
  return `${areaTitle} ${from / 10_000} 平方米以上、不足 ${(from + width) / 10_000} 平方米`;
}
