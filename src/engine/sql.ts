/** A piece of SQL that remembers which words a rule's author wrote (for the lint) and which parameters it leans on. */
export interface Sql {
  readonly text: string;
  readonly written: readonly string[];
  readonly parameters: readonly string[];
}

/**
 * SQL of a rule: sql`dearest_vehicle_fen <= ${parameter('high-end-vehicle.price-fen')}`.
 * Takes other pieces of SQL only: a value never enters a rule as text.
 */
export function sql(words: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  return { ...guarded(words, ...parts), written: [...words, ...parts.flatMap((part) => part.written)] };
}

/** SQL of the engine itself: may use what the lint forbids, because it says what becomes of an unknown. */
export function guarded(words: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  return {
    text: words.reduce((text, word, i) => text + parts[i - 1]!.text + word),
    written: parts.flatMap((part) => part.written),
    parameters: [...new Set(parts.flatMap((part) => part.parameters))],
  };
}

/**
 * A legal limit 参数 in force for the household's region, programme and day; NULL where no document sets one.
 * It is a column of `given`, which the SELECT must name in its FROM when it is used inside `facts`.
 */
export function parameter(code: string): Sql {
  if (!/^[a-z][a-z0-9.-]*$/.test(code)) throw new Error(`'${code}' is no parameter code`);
  return { text: `given."${code}"`, written: [], parameters: [code] };
}
