import { existsSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { entriesOf, malformedRanges } from './access/cidr';
import { settingsProblems } from './access/settings-checks';
import { limitSettings } from './limits';
import { writeWhole } from './whole-file';

/** Bucket and, behind it, a folder. */
export const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]*))?$/;

/** The only reader of the environment. Everything here is documented in .env.example. */
const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z.string().url().optional(),
  REDIS_URL: z.string().url().optional(),
  DEMO_HOUSEHOLDS: z.coerce.number().int().min(0).max(2_000_000).default(2000),
  DEMO_SEED: z.string().default('anju'),
  SANDBOX: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  OIDC_ISSUER: z.string().url().optional(),
  OIDC_JWKS_URI: z.string().url().optional(),
  OIDC_AUDIENCE: z.string().default('anju-hub'),
  OIDC_ROLE_CLAIM: z.string().default('role'),
  OIDC_REGION_CLAIM: z.string().default('region'),
  OIDC_PERSON_CLAIM: z.string().default('person'),
  SIGNING_KEY_FILE: z.string().optional(),
  PUBLIC_URL: z.string().url().optional(),
  SUBGRAPH_URLS: z.string().default('').transform(subgraphUrls),
  AUDIT_DIR: z.string().optional(),
  AUDIT_HEAD_SECONDS: z.coerce.number().int().min(1).max(3600).default(10),
  FILES_STORE: z.string().regex(BUCKET, 'is no s3://bucket or s3://bucket/folder').optional(),
  FILES_ENDPOINT: z.string().url().optional(),
  FILES_REGION: z.string().default('us-east-1'),
  FILES_KEY_ID: z.string().optional(),
  FILES_SECRET: z.string().optional(),
  FILES_ANSWER_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
  FILES_ADDRESSING: z.enum(['path', 'host']).default('path'),
  CLAMD: z
    .string()
    .regex(/^(\/\S+|[^\s:/]+:\d{1,5}|\[[\da-fA-F:]+\]:\d{1,5})$/, 'is no host:port and no path of a socket')
    .optional(),
  CLAMD_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
  FILE_SWEEP_HOURS: z.coerce.number().int().min(1).max(8760).default(24),
  AGENCY_NETWORKS: z
    .string()
    .regex(/^[\da-fA-F.:/, ]*$/)
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine((list) => malformedRanges(list).length === 0, 'is no list of addresses or ranges (CIDR) by comma'),
  HUB_MASTER_KEY_BEFORE: z.string().optional(),
  SEAL_PROVIDER: z.enum(['aes', 'sm']).default('aes'),
  SIGNING_PROVIDER: z.enum(['es256', 'sm2']).default('es256'),
  ...limitSettings,
});

/** 'vehicle=http://10.0.0.5:4101 housing=…' → origins by subgraph. */
function subgraphUrls(text: string, ctx: z.RefinementCtx): Readonly<Record<string, string>> {
  const pairs = text.split(/[\s,]+/).filter(Boolean);
  const wrong = pairs.find((pair) => !/^[a-z-]+=https?:\/\/[^/\s]+\/?$/.test(pair));
  if (wrong) ctx.addIssue({ code: 'custom', message: `"${wrong}" is not name=http://host:port` });
  return Object.fromEntries(pairs.map((pair) => pair.replace(/\/$/, '').split(/=(.*)/s).slice(0, 2)));
}

/** Keys of the hub; each has one purpose. Base64, 32 bytes, except where said. */
const SECRET_NAMES = [
  'SEAL_KEY',
  'INDEX_KEY',
  'CURSOR_KEY',
  'PURPOSE_KEY',
  'SERVICE_KEY',
  'ROLE_KEY',
  'BACKUP_KEY',
  'MASTER_KEY',
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export type Config = z.infer<typeof Environment> & {
  readonly dataDir: string;
  readonly sandbox: boolean;
  /** Address under which partners know the hub, without a slash at the end: issuer and audience of their tokens. */
  readonly publicUrl: string;
  /** Folder of the signed tree heads, outside the database. */
  readonly auditDir: string;
  readonly secrets: Readonly<Record<SecretName, Buffer>>;
};

/** Everything that is wrong with the settings, all at once. */
export class SettingsTrouble extends Error {
  constructor(
    readonly problems: readonly string[],
    /** As given, for a look at the database nevertheless. */
    readonly databaseUrl?: string,
    readonly sandbox = true,
  ) {
    super(`The settings are not usable:\n${problems.map((each) => `  ${each}`).join('\n')}\nSee .env.example.`);
    this.name = 'SettingsTrouble';
  }
}

/** Reads the environment once; throws SettingsTrouble that names every wrong variable. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
  const dataDir = resolve(parsed.data?.DATA_DIR ?? env.DATA_DIR ?? '.data');
  const sandbox = (parsed.data?.SANDBOX ?? env.SANDBOX) !== 'off';
  const file = join(dataDir, 'secrets.json');
  const given = new Map(SECRET_NAMES.map((name) => [`HUB_${name}`, env[`HUB_${name}`] ?? '']));
  const seen = { sandbox, host: parsed.data?.HOST ?? '127.0.0.1', env, secrets: given, sandboxMade: sandboxMade(file) };
  const problems = [...malformed, ...settingsProblems(seen)];
  if (problems.length > 0 || !parsed.success) throw new SettingsTrouble(problems, env.DATABASE_URL, sandbox);
  const kept = sandbox ? keptSecrets(file, given) : {};
  const secrets = Object.fromEntries(
    SECRET_NAMES.map((name) => [name, Buffer.from(given.get(`HUB_${name}`) || kept[name]!, 'base64')]),
  );
  const auditDir = resolve(parsed.data.AUDIT_DIR ?? join(dataDir, 'audit'));
  const publicUrl = publicUrlOf(parsed.data);
  return { ...parsed.data, dataDir, auditDir, sandbox, publicUrl, secrets: secrets as Record<SecretName, Buffer> };
}

const DEFAULT_PORT = 4000;

const publicUrlOf = ({ PUBLIC_URL, HOST, PORT }: z.infer<typeof Environment>): string =>
  (PUBLIC_URL ?? `http://${HOST}:${PORT || DEFAULT_PORT}`).replace(/\/+$/, '');

/** Sandbox only: keys made once and kept beside the database they open, where none are given. */
function keptSecrets(file: string, given: ReadonlyMap<string, string>): Record<string, string> {
  const missing = SECRET_NAMES.filter((name) => given.get(`HUB_${name}`) === '');
  if (missing.length === 0) return {};
  const kept = readKept(file);
  const before = JSON.stringify(kept);
  for (const name of SECRET_NAMES) kept[name] ??= randomBytes(32).toString('base64');
  if (JSON.stringify(kept) !== before) {
    writeWhole(file, JSON.stringify(kept, null, 2));
  }
  return kept;
}

const readKept = (file: string): Record<string, string> =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const sandboxMade = (file: string): ReadonlySet<string> => new Set(Object.values(readKept(file)));

/** A connector's own setting, read by name; connectors declare, only this file reads. */
export function connectorSetting(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[name];
}

/** Where agencies may stand, for connectors, which are opened without the rest of the settings. */
export function agencyNetwork(env: NodeJS.ProcessEnv = process.env): { sandbox: boolean; allowed: string[] } {
  return { sandbox: env.SANDBOX !== 'off', allowed: entriesOf(env.AGENCY_NETWORKS ?? '') };
}
