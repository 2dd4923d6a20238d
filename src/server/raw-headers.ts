/** One header as Node joins it, by its lower-case name, without making an object of all of them. */
export function headerOf(raw: readonly string[], name: string): string | undefined {
  let found: string | undefined;
  for (let index = 0; index < raw.length; index += 2) {
    const other = raw[index]!;
    if (other.length !== name.length || other.toLowerCase() !== name) continue;
    found = found === undefined ? raw[index + 1]! : `${found}, ${raw[index + 1]!}`;
  }
  return found;
}
