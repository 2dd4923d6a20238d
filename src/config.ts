import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The only reader of the environment. Everything here is documented in .env.example. */
const Environment = z.object({
  NODE_ENV: z.string().default('development'),
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
  SIGNING_KEY_FILE: z.string().optional(),
  PUBLIC_URL: z.string().url().optional(),
});

/** Keys of the hub; each has one purpose. Base64, 32 bytes, except where said. */
const SECRET_NAMES = ['SEAL_KEY', 'INDEX_KEY', 'CURSOR_KEY', 'PURPOSE_KEY', 'SERVICE_KEY', 'ROLE_KEY'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export type Config = z.infer<typeof Environment> & {
  readonly dataDir: string;
  readonly sandbox: boolean;
  /** Address under which partners know the hub, without a slash at the end: issuer and audience of their tokens. */
  readonly publicUrl: string;
  readonly secrets: Readonly<Record<SecretName, Buffer>>;
};

/** Reads the environment once; throws one error that names every wrong variable. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n');
    throw new Error(`Configuration is not usable:\n${wrong}\nSee .env.example for every variable.`);
  }
  const dataDir = resolve(parsed.data.DATA_DIR);
  const sandbox = parsed.data.SANDBOX === 'on';
  const publicUrl = publicUrlOf(parsed.data);
  const secrets = loadSecrets(env, sandbox, join(dataDir, 'secrets.json'));
  return { ...parsed.data, dataDir, sandbox, publicUrl, secrets };
}

const DEFAULT_PORT = 4000;

const publicUrlOf = ({ PUBLIC_URL, HOST, PORT }: z.infer<typeof Environment>): string =>
  (PUBLIC_URL ?? `http://${HOST}:${PORT || DEFAULT_PORT}`).replace(/\/+$/, '');

function loadSecrets(env: NodeJS.ProcessEnv, sandbox: boolean, file: string): Record<SecretName, Buffer> {
  const given = Object.fromEntries(SECRET_NAMES.map((name) => [name, env[`HUB_${name}`]]));
  const missing = SECRET_NAMES.filter((name) => !given[name]);
  if (missing.length > 0 && !sandbox) {
    throw new Error(`Missing secrets: ${missing.map((name) => `HUB_${name}`).join(', ')} (base64, 32 bytes each).`);
  }
  const kept = missing.length > 0 ? keptSecrets(file) : {};
  const secrets = Object.fromEntries(
    SECRET_NAMES.map((name) => [name, Buffer.from(given[name] ?? kept[name]!, 'base64')]),
  );
  refuseWeak(secrets as Record<SecretName, Buffer>);
  return secrets as Record<SecretName, Buffer>;
}

/** Sandbox only: keys made once and kept beside the database they open. */
function keptSecrets(file: string): Record<string, string> {
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const before = JSON.stringify(kept);
  for (const name of SECRET_NAMES) kept[name] ??= randomBytes(32).toString('base64');
  if (JSON.stringify(kept) !== before) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
  }
  return kept;
}

function refuseWeak(secrets: Record<SecretName, Buffer>): void {
  for (const name of SECRET_NAMES) {
    if (secrets[name].length !== 32)
      throw new Error(`HUB_${name} must be 32 bytes in base64, found ${secrets[name].length}.`);
    const twin = SECRET_NAMES.find((other) => other < name && secrets[other].equals(secrets[name]));
    if (twin) throw new Error(`HUB_${name} and HUB_${twin} hold the same key: one key serves one purpose.`);
  }
}

/** A connector's own setting, read by name; connectors declare, only this file reads. */
export function connectorSetting(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  return env[name];
}
