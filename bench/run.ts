import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { BenchResult } from './support/figures';

interface Options {
  /** Of benches that last as long as they are told to. */
  readonly minutes?: number;
  /** Of benches whose world can be larger or smaller. */
  readonly households?: number;
  /** The same by persons. */
  readonly persons?: number;
}
type Run = (say: (line: string) => void, options: Options) => Promise<BenchResult>;

/** Every bench by name; each stands beside its baseline and prints a ratio taken in one run. */
const BENCHES: Readonly<Record<string, { title: string; load: () => Promise<{ run: Run }> }>> = {
  gateway: {
    title: 'a household of 4, answers cached: supergraph against one plain Apollo schema, CPU per request',
    load: () => import('./gateway/index.js'),
  },
  'cross-check': {
    title: 'agencies at 20 ms and 50 ms: live fields, one report, 10,000 households',
    load: () => import('./cross-check/index.js'),
  },
  feed: {
    title: 'a masked page of 50 from 1,000,000: the product against bare node:http and pg, CPU per request',
    load: () => import('./feed/index.js'),
  },
  'read-log': { title: 'a read with its log against the read without', load: () => import('./read-log/index.js') },
  masking: {
    title: 'a classified list of 200 × 4 against the same list unclassified',
    load: () => import('./masking/index.js'),
  },
  load: {
    title:
      'point lookup, list, cross-check request, feed page: to the same on a bare Apollo server with pg, CPU per request',
    load: () => import('./load/index.js'),
  },
  lookup: {
    title: 'one household after another on 50 connections, 500,000 households (--households), 10 minutes (--minutes)',
    load: () => import('./lookup/index.js'),
  },
  limits: {
    title: 'an attacker over every limit: refusals, and another client’s p99 to the same in peace',
    load: () => import('./limits/index.js'),
  },
  overload: {
    title: 'three times as many requests as there is capacity for: goodput, refusals, recovery',
    load: () => import('./overload/index.js'),
  },
  timing: {
    title: 'not found against not yours: latency and CPU, ratio of medians, Mann-Whitney',
    load: () => import('./timing/index.js'),
  },
  start: {
    title: 'cold and warm start against a bare Apollo, MikroORM and PostgreSQL program',
    load: () => import('./start/index.js'),
  },
  rules: {
    title:
      '1,000,000 households (--households) by ten rules and all: to scan and write alone, a row loop, json-rules-engine',
    load: () => import('./rules/index.js'),
  },
  identity: {
    title:
      '1,000,000 persons (--persons): double benefit and who may be one, all planted cases found; a full pass and one household',
    load: () => import('./identity/index.js'),
  },
  bulk: {
    title:
      '10,000 applications from a file, through every check and log, to a bare COPY of it; again, as XLSX, and out',
    load: () => import('./bulk/index.js'),
  },
  soak: {
    title: '30 minutes (--minutes) of look-ups, lists, cross-checks and public pages: does the hub grow',
    load: () => import('./soak/index.js'),
  },
  truth: {
    title: 'every planted fraud of a million households found, nobody accused wrongly',
    load: () => import('./truth/index.js'),
  },
};
/** Too long for \`all\`. */
const LONG = ['lookup', 'soak', 'rules', 'truth', 'identity'];

const HELP = `Usage: npm run bench -- <name> [--minutes n] [--households n] [--persons n] [--json]

${Object.entries(BENCHES)
  .map(([name, { title }]) => `  ${name.padEnd(12)} ${title}`)
  .join('\n')}
 all          each of them but ${LONG.join(', ')}

--minutes 2   how long a soak or the look-ups last
--households 100000   of the look-ups, the rules and the truth; of cross-check, how many at once
--persons 100000   of the identities
--json   the last line of standard output is one JSON object: name, ratio, goal, baseline, figures
`;

function optionsOf(given: Record<keyof Options, string | undefined>): Options {
  const stated = Object.entries(given).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, Number(text)] as const],
  );
  for (const [name, value] of stated) if (!(value > 0)) throw new Error(`--${name} is a number above 0`);
  return Object.fromEntries(stated);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'boolean' },
      minutes: { type: 'string' },
      households: { type: 'string' },
      persons: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const names = positionals[0] === 'all' ? Object.keys(BENCHES).filter((name) => !LONG.includes(name)) : positionals;
  const unknown = names.filter((name) => !BENCHES[name]);
  if (values.help || names.length === 0 || unknown.length > 0) {
    process.stdout.write((unknown.length > 0 ? `No bench is called ${unknown.join(', ')}.\n\n` : '') + HELP);
    return unknown.length > 0 ? 2 : 0;
  }
  for (const name of names) {
    const bench = await BENCHES[name]!.load();
    const result = await bench.run(
      (line) => process.stdout.write(`${line}\n`),
      optionsOf({ minutes: values.minutes, households: values.households, persons: values.persons }),
    );
    const verdict = result.ratio <= result.goal ? 'within' : 'OVER';
    process.stdout.write(
      `\n${name}: ratio ${result.ratio} to ${result.baseline} (${verdict} the goal ${result.goal})\n`,
    );
    if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);
