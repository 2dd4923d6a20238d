import { malformedRanges } from './cidr';

/** The settings as given, before they are believed. */
export interface SettingsSeen {
  readonly sandbox: boolean;
  readonly host: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variable → its text, '' where it is missing; the hub's own secrets. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Secrets that a sandbox made for itself in this data folder. */
  readonly sandboxMade: ReadonlySet<string>;
}

/** What is wrong, each naming the setting and the remedy; never a secret's value. */
type Check = (seen: SettingsSeen) => string[];

const SECRET_BYTES = 32;
/** 32 random bytes hold 30 different ones; fewer than this in one of 10^15. */
const FEWEST_DIFFERENT = 16;
const HOW = 'make one with: openssl rand -base64 32';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');
const given = ({ secrets }: SettingsSeen) => [...secrets].filter(([, text]) => text !== '');

const missing: Check = ({ secrets }) =>
  [...secrets].flatMap(([name, text]) => (text === '' ? [`${name} is missing: 32 bytes in base64; ${HOW}`] : []));

const wrongLength: Check = (seen) =>
  given(seen).flatMap(([name, text]) => {
    const { length } = bytesOf(text);
    return length === SECRET_BYTES ? [] : [`${name} must be 32 bytes in base64, found ${length}; ${HOW}`];
  });

const weak: Check = (seen) =>
  given(seen).flatMap(([name, text]) => {
    const bytes = bytesOf(text);
    if (bytes.length !== SECRET_BYTES) return [];
    const typed = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
    return typed || new Set(bytes).size < FEWEST_DIFFERENT
      ? [`${name} is no random key but words or a pattern; ${HOW}`]
      : [];
  });

const sandboxSecrets: Check = (seen) =>
  given(seen).flatMap(([name, text]) =>
    seen.sandboxMade.has(text) ? [`${name} is a sandbox's own (secrets.json in DATA_DIR); ${HOW}`] : [],
  );

const KEEPS_A_SECRET = /(KEY|SECRET|PASSWORD)$/;

/** Compared as bytes among the hub's own, as text with those of agencies and of the database. */
const shared: Check = (seen) => {
  const own = given(seen);
  const twins = own.flatMap(([name, text], at) => {
    const twin = own.slice(0, at).find(([, other]) => bytesOf(other).equals(bytesOf(text)));
    return twin ? [`${twin[0]} and ${name} hold the same key: one key serves one purpose; ${HOW}`] : [];
  });
  const foreign = Object.entries(seen.env).filter(([name]) => !name.startsWith('HUB_') && KEEPS_A_SECRET.test(name));
  const { password } = urlOf(seen.env['DATABASE_URL']) ?? { password: '' };
  const others: [string, string | undefined][] = [...foreign, ['DATABASE_URL', decodeURIComponent(password)]];
  return [
    ...twins,
    ...own.flatMap(([name, text]) =>
      others.flatMap(([other, value]) => (value === text ? [`${name} is also the secret of ${other}; ${HOW}`] : [])),
    ),
  ];
};

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

const openSandbox: Check = ({ host }) =>
  LOOPBACK.test(host)
    ? []
    : [
        'HOST is no loopback address while SANDBOX is on, whose tokens are for anybody: set HOST=127.0.0.1 or SANDBOX=off',
      ];

const plainIssuer: Check = ({ env }) =>
  ['OIDC_ISSUER', 'OIDC_JWKS_URI'].flatMap((name) =>
    urlOf(env[name])?.protocol === 'http:' ? [`${name} is plain http: tokens and their keys must come over https`] : [],
  );

const noIssuer: Check = ({ env }) =>
  ['OIDC_ISSUER', 'OIDC_JWKS_URI'].flatMap((name) =>
    env[name] ? [] : [`${name} is missing: outside the sandbox tokens come from an OpenID Connect issuer of your own`],
  );

const noSigningKey: Check = ({ env }) =>
  env['SIGNING_KEY_FILE'] ? [] : ['SIGNING_KEY_FILE is missing: name the file of a P-256 private key (PKCS #8 PEM)'];

const noNetwork: Check = ({ env }) =>
  malformedRanges(env['AGENCY_NETWORKS'] ?? '').map(
    (entry) => `AGENCY_NETWORKS: '${entry}' is no network: write them as 10.20.0.0/16, by comma`,
  );

const FOR_STORE = ['FILES_ENDPOINT', 'FILES_KEY_ID', 'FILES_SECRET'];

/** Half of it would keep files where nobody looks for them. */
const halfStore: Check = ({ env }) =>
  env['FILES_STORE']
    ? FOR_STORE.flatMap((name) => (env[name] ? [] : [`${name} is missing: FILES_STORE names a bucket, which needs it`]))
    : FOR_STORE.flatMap((name) =>
        env[name] ? [`${name} is set, but FILES_STORE names no bucket: set both or none`] : [],
      );

function urlOf(text: string | undefined): URL | undefined {
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

/** What the settings must hold before anything starts; those of the database are in src/cli/start-checks. */
const ALWAYS: readonly Check[] = [wrongLength, shared, noNetwork, halfStore];
const IN_SANDBOX: readonly Check[] = [openSandbox];
const OUTSIDE: readonly Check[] = [missing, weak, sandboxSecrets, plainIssuer, noIssuer, noSigningKey];

export const settingsProblems = (seen: SettingsSeen): string[] =>
  [...ALWAYS, ...(seen.sandbox ? IN_SANDBOX : OUTSIDE)].flatMap((check) => check(seen));
