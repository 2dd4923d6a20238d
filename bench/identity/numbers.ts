import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { checkCharacter } from '../../src/access/identity';
import { personNumber, type Seal } from '../../src/access/seal';

const PAGE = 20_000;
/** One in so many is registered once more, half as many persons further on, with one digit of the number mistyped. */
const TWICE = 2000;

interface Someone {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly birth: string;
}

const PEOPLE = `select id, name, region_code as region, birth_date::text as birth from person where id > $1 order by id limit ${PAGE}`;
const BEGINNING = '00000000-0000-0000-0000-000000000000';

/**
 * Gives every made-up person a sound number of its own county and birthday, sealed as the product seals it. Returns the pairs who are one
 * human being by construction: of one name, with two numbers.
 */
export async function numberAll(admin: Client, seal: Seal): Promise<[string, string][]> {
  await admin.query('create unlogged table numbered (id uuid primary key, name text, birth_date date, number bytea)');
  const taken = new Set<string>();
  const twins: [string, string][] = [];
  let [after, count]: [string, number] = [BEGINNING, 0];
  let first: (Someone & { readonly first17: string }) | undefined;
  for (;;) {
    const { rows } = await admin.query<Someone>(PEOPLE, [after]);
    if (rows.length === 0) break;
    const lines = rows.map((one) => {
      const place = (count += 1) % TWICE;
      const again = place === TWICE / 2 ? first : undefined;
      const first17 = again ? mistyped(again.first17) : freshNumber(one, taken);
      if (place === 0) first = { ...one, first17 };
      if (again) twins.push([again.id, one.id]);
      const { name, birth } = again ?? one;
      const sealed = seal.seal(first17 + checkCharacter(first17), personNumber(one.id));
      return [one.id, name, birth, `\\\\x${sealed.toString('hex')}`].join('\t');
    });
    const stream = admin.query(copyFrom('copy numbered from stdin'));
    stream.end(`${lines.join('\n')}\n`);
    await finished(stream);
    after = rows.at(-1)!.id;
  }
  await admin.query(
    `update person p set name = n.name, birth_date = n.birth_date, id_number = n.number, id_number_key = '${seal.keyId}' from numbered n where n.id = p.id`,
  );
  await admin.query('drop table numbered');
  await admin.query('vacuum (analyze) person');
  return twins;
}

function freshNumber({ id, region, birth }: Someone, taken: Set<string>): string {
  const stem = region + birth.replaceAll('-', '');
  for (let sequence = Number.parseInt(id.slice(0, 8), 16); ; sequence++) {
    const first17 = stem + String((sequence % 999) + 1).padStart(3, '0');
    if (taken.has(first17)) continue;
    taken.add(first17);
    return first17;
  }
}

const mistyped = (first17: string): string =>
  first17.slice(0, 5) + String((Number(first17[5]) + 1) % 10) + first17.slice(6);
