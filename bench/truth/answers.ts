import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { connectors } from '../../connectors';
import { normaliseName } from '../../src/access/identity';
import type { Seal } from '../../src/access/seal';
import { bytes } from '../../src/population/sheet';
import { factsOf } from '../../src/exchange/fact';
import { TOLD } from './told';

/** Names are compared by the police alone: no other agency of the made-up world spells one differently. */
const COMPARES_NAMES = 'police';

const LAID = `
  drop schema if exists bench cascade; create schema bench;
  create unlogged table bench.told (source text, id_index bytea, spouse_index bytea, registered text, former text, value jsonb)`;

/** Lays down beside the hub's tables what the agencies would say, under the marks by which the hub knows numbers. */
export async function layDown(hub: Client, world: Client, seal: Seal): Promise<void> {
  await hub.query(LAID);
  for (const [source, text] of Object.entries(TOLD)) {
    await pipeline(
      world.query(copyTo(`copy (${text}) to stdout`)),
      marking(source, seal),
      hub.query(copyFrom('copy bench.told from stdin')),
    );
  }
  await hub.query('analyze bench.told; analyze letter, letter_member, person');
}

/** Rows with citizen numbers in, rows with marks out. */
function marking(source: string, seal: Seal): Transform {
  let rest = '';
  const mark = (number: string) => (number === '' ? '\\N' : bytes(seal.index(number)));
  const marked = (line: string) => {
    const [number, spouse, ...others] = line.split('\t') as [string, string, ...string[]];
    return [source, mark(number), mark(spouse), ...others].join('\t');
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = (rest + chunk.toString('latin1')).split('\n');
      rest = lines.pop()!;
      done(null, Buffer.from(lines.map((line) => `${marked(line)}\n`).join(''), 'latin1'));
    },
    flush: (done) => done(rest === '' ? null : new Error('the last row has no end')),
  });
}

const NAMES = `
  select distinct p.name, t.registered, t.former from person p join bench.told t on t.id_index = p.id_index and t.source = $1
  where t.registered <> p.name`;

/** How the police compare two names that are not written alike; null: nobody is registered under the one asked about. */
function comparison(asked: string, registered: string, former: string): string | null {
  if (normaliseName(asked) === normaliseName(registered)) return 'SPELLING';
  return former !== '' && normaliseName(asked) === normaliseName(former) ? 'FORMER' : null;
}

async function compareNames(hub: Client): Promise<void> {
  const { rows } = await hub.query<Record<'name' | 'registered' | 'former', string>>(NAMES, [COMPARES_NAMES]);
  await hub.query('create unlogged table bench.compared (name text, registered text, former text, match text)');
  const columns = [
    rows.map(({ name }) => name),
    rows.map(({ registered }) => registered),
    rows.map(({ former }) => former),
    rows.map(({ name, registered, former }) => comparison(name, registered, former)),
  ];
  await hub.query(
    'insert into bench.compared select * from unnest($1::text[], $2::text[], $3::text[], $4::text[])',
    columns,
  );
}

/* Whoever is not on record is not found, by agencies that cover both regions. */
const ANSWER = `
  insert into answer (id, at, region_code, household_id, person_id, case_id, letter_id, purpose, source, status, fields, value, as_of, max_age,
    covered, coverage, query_id, asked_at)
  select gen_random_uuid(), $1::timestamptz, region_code, household_id, person_id, case_id, letter_id, purpose, $2, status, $3::text[],
    case when status = 'FOUND' then value || case when $2 = '${COMPARES_NAMES}' then jsonb_build_object('nameMatch', coalesce(match, 'EXACT'))
      when spouse_index is not null then jsonb_build_object('spouseIdNumber', jsonb_build_object('index', encode(spouse_index, 'hex'), 'sealed', '')) else '{}' end end,
    $1::timestamptz - interval '1 hour', interval '720 hours', true, '{"regions": ["15", "45"]}', $4::uuid, $1
  from (
    select l.*, l.id as letter_id, m.person_id, t.value, t.spouse_index, c.match,
      case when t.value is null then 'NOT_FOUND' when $2 = '${COMPARES_NAMES}' and t.registered <> p.name and c.match is null then 'AMBIGUOUS' else 'FOUND' end as status
    from letter l join letter_member m on m.letter_id = l.id join person p on p.id = m.person_id
    left join (select * from bench.told where source = $2) as t on t.id_index = p.id_index
    left join bench.compared c on c.name = p.name and c.registered = t.registered and c.former = t.former
    where l.state = 'ACTIVE' order by l.household_id offset 0
  ) as told`;

/** Every agency's answer about everybody whom a letter covers, as the exchange would have kept it. */
export async function answerAll(hub: Client, now: Date, queryId: string): Promise<number> {
  await compareNames(hub);
  await hub.query('analyze bench.compared');
  let answers = 0;
  for (const { name, record } of connectors) {
    if (!TOLD[name]) throw new Error(`the bench does not know what ${name} says`);
    const { rowCount } = await hub.query(ANSWER, [now, name, [...factsOf(record).keys()], queryId]);
    answers += rowCount!;
  }
  return answers;
}
