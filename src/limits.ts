import { z } from 'zod';

/** A limit of the doors: a setting of its name, with a default and a unit. Mirrored in docs/limits.md by `npm run docs`. */
interface Limit {
  readonly usual: number;
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** What it bounds. */
  readonly of: string;
  /** Code of the refusal, from the catalogue; none where the connection is closed without a word. */
  readonly refusal: string;
}

const limit = (usual: number, unit: string, [least, most]: [number, number], of: string, refusal: string): Limit => ({
  ...{ usual, unit, least, most, of, refusal },
});

export const LIMITS = {
  LIMIT_CHARACTERS: limit(100_000, 'characters', [1000, 1_000_000], 'text of a document', 'QUERY_TOO_COSTLY'),
  LIMIT_TOKENS: limit(4000, 'tokens', [100, 20_000], 'a document', 'QUERY_TOO_COSTLY'),
  LIMIT_NESTING: limit(
    50,
    'brackets',
    [20, 200],
    'brackets in brackets, in a document or in variables',
    'QUERY_TOO_COSTLY',
  ),
  LIMIT_DEPTH: limit(14, 'fields', [3, 40], 'fields below fields, fragments unfolded', 'QUERY_TOO_COSTLY'),
  LIMIT_ALIASES: limit(
    60,
    'aliases',
    [0, 1000],
    'a document as written, an operation with fragments unfolded',
    'QUERY_TOO_COSTLY',
  ),
  LIMIT_DIRECTIVES: limit(50, 'directives', [0, 1000], 'a document', 'QUERY_TOO_COSTLY'),
  LIMIT_REPEATS: limit(
    100,
    'selections',
    [10, 1000],
    'the same field written again beside itself, in a document',
    'QUERY_TOO_COSTLY',
  ),
  LIMIT_COST: limit(
    100_000,
    'values',
    [1000, 10_000_000],
    'rows and fields an operation could yield; representations asked of a subgraph',
    'QUERY_TOO_COSTLY',
  ),
  LIMIT_LIST: limit(10_000, 'items', [1, 100_000], 'one list, in an argument or a variable', 'LIST_TOO_LONG'),
  LIMIT_VALUES: limit(50_000, 'values', [100, 1_000_000], 'variables of a request', 'LIST_TOO_LONG'),
  LIMIT_BODY_BYTES: limit(
    6_291_456,
    'bytes',
    [1024, 67_108_864],
    'body of a request (an import carries 5 MB of CSV)',
    'REQUEST_TOO_LARGE',
  ),
  LIMIT_TOKEN_BODY_BYTES: limit(
    16_384,
    'bytes',
    [1024, 1_048_576],
    'body of a request to the token door',
    'REQUEST_TOO_LARGE',
  ),
  LIMIT_FILE_BYTES: limit(
    10_485_760,
    'bytes',
    [1024, 104_857_600],
    'a file handed in with an application',
    'FILE_TOO_LARGE',
  ),
  LIMIT_FILES: limit(60, 'files', [1, 10_000], 'handed in with one application, taken back or not', 'FILES_FULL'),
  LIMIT_FILES_BYTES: limit(
    104_857_600,
    'bytes',
    [1024, 10_737_418_240],
    'of all files of one application, taken back or not',
    'FILES_FULL',
  ),
  LIMIT_FILES_AT_ONCE: limit(
    4,
    'files',
    [1, 1000],
    'looked through at once in a process, each whole in memory',
    'OVERLOADED',
  ),
  LIMIT_FILES_WAITING: limit(64, 'files', [0, 100_000], 'waiting to be looked through', 'OVERLOADED'),
  LIMIT_HEADER_SECONDS: limit(
    10,
    's',
    [1, 600],
    'from a connection, or the answer before, to the end of the headers',
    'REQUEST_TIMEOUT',
  ),
  LIMIT_REQUEST_SECONDS: limit(
    60,
    's',
    [1, 3600],
    'headers and body of a request until they are read',
    'REQUEST_TIMEOUT',
  ),
  LIMIT_IDLE_SECONDS: limit(5, 's', [1, 600], 'a connection between two requests', '–'),
  LIMIT_CONNECTIONS: limit(10_000, 'connections', [1, 1_000_000], 'open at once in a process', '–'),
  LIMIT_WINDOW_SECONDS: limit(10, 's', [1, 3600], 'the window in which requests are counted', '–'),
  LIMIT_CLIENT_REQUESTS: limit(
    1000,
    'requests',
    [1, 1_000_000_000],
    'one partner, or subject of a token, in a window',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_BODY_SHARE_BYTES: limit(
    16_384,
    'bytes',
    [1024, 67_108_864],
    'of a body count as one request more of its client',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_REFUSAL_SHARE: limit(
    50,
    'requests',
    [0, 1000],
    'a document or variables refused count as so many more of its client',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_REFUSAL_MS: limit(
    100,
    'ms',
    [0, 10_000],
    'until a client over its rate is told so: it takes the time of its own connection, not ours',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_STRANGER_REQUESTS: limit(
    300,
    'requests',
    [1, 1_000_000_000],
    'one address in a window: tokens not believed, tokens asked for',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_PUBLIC_REQUESTS: limit(
    3000,
    'requests',
    [1, 1_000_000_000],
    'one address in a window: public questions not answered from memory',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_STREAMS: limit(
    20,
    'streams',
    [0, 100_000],
    'open subscriptions of one client in a process',
    'TOO_MANY_REQUESTS',
  ),
  LIMIT_AT_ONCE: limit(256, 'requests', [1, 100_000], 'worked on at once in a process', 'OVERLOADED'),
  LIMIT_BUSY: limit(
    6,
    'requests',
    [1, 100_000],
    'the same while the process or its database has no time to spare',
    'OVERLOADED',
  ),
  LIMIT_BUSY_PERCENT: limit(
    90,
    '%',
    [1, 101],
    'of a tenth of a second that the event loop is at work: from there on the process has no time to spare; its database has none while as much waits for a connection as there are',
    '–',
  ),
  LIMIT_WAITING: limit(64, 'requests', [0, 100_000], 'waiting for a place in a process', 'OVERLOADED'),
  LIMIT_PUBLIC_AT_ONCE: limit(
    64,
    'requests',
    [1, 100_000],
    'public questions worked on at once in a process',
    'OVERLOADED',
  ),
  LIMIT_PUBLIC_BUSY: limit(
    12,
    'requests',
    [1, 100_000],
    'the same while the process or its database has no time to spare',
    'OVERLOADED',
  ),
  LIMIT_PUBLIC_WAITING: limit(
    64,
    'requests',
    [0, 100_000],
    'public questions waiting for a place in a process',
    'OVERLOADED',
  ),
  LIMIT_WAIT_MS: limit(1000, 'ms', [1, 60_000], 'waiting for a place', 'OVERLOADED'),
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
export type Limits = Readonly<Record<LimitName, number>>;

const settingOf = ({ usual, least, most }: Limit) => z.coerce.number().int().min(least).max(most).default(usual);

/** The settings, for the reader of the environment. */
export const limitSettings = Object.fromEntries(
  Object.entries(LIMITS).map(([name, each]) => [name, settingOf(each)]),
) as Record<LimitName, ReturnType<typeof settingOf>>;

/** The limits of a program without settings. */
export const usualLimits = Object.fromEntries(
  Object.entries(LIMITS).map(([name, { usual }]) => [name, usual]),
) as Limits;
