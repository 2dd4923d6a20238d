import type { Client } from 'pg';

/** Every citizen number there is: of the hub's people and of all whom the agencies know. */
export async function canaries({ world }: { world: { owner: Client } }): Promise<ReadonlySet<string>> {
  const { rows } = await world.owner.query<{ number: string }>(
    `select id_number as number from civil.person union select spouse_id_number from civil.person where spouse_id_number is not null
     union select id_number from property.unit union select id_number from vehicle.vehicle union select id_number from fund.account`,
  );
  return new Set(rows.map(({ number }) => number));
}

const IN_CLEAR = /(?=(\d{17}[\dXx]))/g;
const IN_HEX = /(?=((?:3\d){17}(?:3\d|58|78)))/g;
const OLD = /(?=(\d{15}))/g;

/** Those of the numbers that a text holds: in clear, as hex of their letters, or in their form of fifteen digits. */
export function numbersIn(text: string, numbers: ReadonlySet<string>): string[] {
  const found = (pattern: RegExp, read: (match: string) => string) =>
    [...text.matchAll(pattern)].map(([, match]) => read(match!));
  const short = new Set([...numbers].map((number) => number.slice(0, 6) + number.slice(8, 17)));
  return [
    ...found(IN_CLEAR, (match) => match.toUpperCase()).filter((number) => numbers.has(number)),
    ...found(IN_HEX, (match) => Buffer.from(match, 'hex').toString().toUpperCase()).filter((number) =>
      numbers.has(number),
    ),
    ...found(OLD, (match) => match).filter((number) => short.has(number)),
  ];
}

/** Every table of the hub as text, row by row: what somebody with a copy of the database would read. */
export async function tablesAsText({ base }: { base: { owner: Client } }): Promise<Map<string, string>> {
  const { rows } = await base.owner.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const texts = new Map<string, string>();
  for (const { name } of rows) {
    const { rows: lines } = await base.owner.query<{ line: string }>(`select t::text as line from ${name} t`);
    texts.set(name, lines.map(({ line }) => line).join('\n'));
  }
  return texts;
}
