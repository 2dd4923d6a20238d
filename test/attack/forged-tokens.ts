import { createHmac, createPublicKey, generateKeyPairSync, sign, type JsonWebKey } from 'node:crypto';
import type { JWK } from 'jose';

export const b64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const read = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;

const attacker = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const attackerJwk = { ...attacker.publicKey.export({ format: 'jwk' }), kid: 'test', alg: 'ES256' };

/** Signed by a key of the attacker's own. */
function byAttacker(header: object, payload: string): string {
  const input = `${b64({ alg: 'ES256', kid: 'test', typ: 'JWT', ...header })}.${payload}`;
  const signature = sign('sha256', Buffer.from(input), { key: attacker.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

const byHmac = (alg: string, secret: string | Buffer, payload: string): string => {
  const input = `${b64({ alg, kid: 'test' })}.${payload}`;
  const signature = createHmac(`sha${alg.slice(2)}`, secret).update(input);
  return `${input}.${signature.digest('base64url')}`;
};

/** What somebody can make of a sound token without its key. [what, forged] */
export function forgeriesOf(token: string, jwk: JWK): [string, string][] {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const raised = b64({ ...read(payload), region: '15', role: 'REGION_HOUSING', sub: 'somebody-else' });
  const publicKey = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const pem = publicKey.export({ type: 'spki', format: 'pem' });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const elsewhere = 'http://127.0.0.1:9/keys.json';
  return [
    ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): [string, string] => [
      `alg ${JSON.stringify(alg)}`,
      `${b64({ alg, kid: 'test' })}.${payload}.`,
    ]),
    ['alg none with the true signature', `${b64({ alg: 'none', kid: 'test' })}.${payload}.${signature}`],
    ['no alg', `${b64({ kid: 'test' })}.${payload}.${signature}`],
    ['alg as a list', `${b64({ alg: ['ES256'], kid: 'test' })}.${payload}.${signature}`],
    ['HS256 by the public key in PEM', byHmac('HS256', pem as string, payload)],
    ['HS256 by the public key in DER', byHmac('HS256', der, payload)],
    ['HS256 by the public key as JWK', byHmac('HS256', JSON.stringify(jwk), payload)],
    ['HS256 by nothing', byHmac('HS256', '', payload)],
    ['HS512 by the public key', byHmac('HS512', pem as string, payload)],
    ['ES384 in its header', `${b64({ alg: 'ES384', kid: 'test' })}.${payload}.${signature}`],
    ['ES256K in its header', `${b64({ alg: 'ES256K', kid: 'test' })}.${payload}.${signature}`],
    ['another key under the same kid', byAttacker({}, payload)],
    ['its own key in the header (jwk)', byAttacker({ jwk: attackerJwk }, payload)],
    ['its own keys at an address (jku)', byAttacker({ jku: elsewhere }, payload)],
    ['its own certificate at an address (x5u)', byAttacker({ x5u: elsewhere }, payload)],
    ['its own certificate (x5c)', byAttacker({ x5c: ['MIIB'] }, payload)],
    ['another kid', byAttacker({ kid: 'other' }, payload)],
    ['a kid that is a path', byAttacker({ kid: '../../../dev/null' }, payload)],
    ['a kid that is SQL', byAttacker({ kid: "x' union select 'k" }, payload)],
    ['a kid that is an object', byAttacker({ kid: { $ne: null } }, payload)],
    ['the key in a kid of the prototype', byAttacker({ kid: '__proto__' }, payload)],
    ['a critical extension', byAttacker({ crit: ['exp'], exp: 1 }, payload)],
    ['an unencoded payload', byAttacker({ b64: false, crit: ['b64'] }, payload)],
    ['raised claims under the true signature', `${header}.${raised}.${signature}`],
    ['no signature', `${header}.${payload}.`],
    ['no signature and no point', `${header}.${payload}`],
    ['a signature of zeros', `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`],
    ['a signature cut short', token.slice(0, -4)],
    ['a payload cut short', `${header}.${payload.slice(0, -4)}.${signature}`],
    ['one point more', `${token}.`],
    ['a fourth part', `${token}.${signature}`],
    ['a fifth part, as if encrypted', `${token}.${payload}.${signature}`],
    ['a point before', `.${token}`],
    ['only points', '..'],
    ['empty parts', `${b64('')}.${b64('')}.${b64('')}`],
    ['lists for parts', `${b64([])}.${b64([])}.${signature}`],
    ['null for a payload', `${header}.${b64('null')}.${signature}`],
    ['a payload that is no JSON', `${header}.${b64('{')}.${signature}`],
    ['a payload that is no UTF-8', `${header}.${Buffer.from([0xff, 0xfe]).toString('base64url')}.${signature}`],
    ['plain base64', `${header}+/=.${payload}.${signature}`],
    ['sixty-four KiB', `${header}.${b64({ ...read(payload), pad: 'x'.repeat(48 * 1024) })}.${signature}`],
    ['ten KiB', `${header}.${b64({ ...read(payload), pad: 'x'.repeat(7 * 1024) })}.${signature}`],
  ];
}

/** What a trusted issuer would never say; under its true signature. Undefined leaves a claim out. [what, claims] */
export const unsoundClaims = (now: number, issuer: string): [string, Record<string, unknown>][] => [
  ['no exp', { exp: undefined }],
  ['an exp that is text', { exp: String(now + 3600) }],
  ['an exp that is null', { exp: null }],
  ['an exp that is past', { exp: now - 1 }],
  ['an exp of milliseconds ago, negative', { exp: -1 }],
  ['an nbf in the future', { nbf: now + 60 }],
  ['an nbf that is text', { nbf: 'now' }],
  ['another audience', { aud: 'anju' }],
  ['the audience in another case', { aud: 'ANJU-HUB' }],
  ['the audience and another', { aud: ['anju-hub', 'other'] }],
  ['the audience twice', { aud: ['anju-hub', 'anju-hub'] }],
  ['no audience', { aud: undefined }],
  ['an empty list of audiences', { aud: [] }],
  ['an audience that is an object', { aud: { 'anju-hub': true } }],
  ['another issuer', { iss: `${issuer}.evil.test` }],
  ['the issuer with a slash', { iss: `${issuer}/` }],
  ['a list of issuers', { iss: [issuer] }],
  ['no issuer', { iss: undefined }],
  ['no subject', { sub: undefined }],
  ['an empty subject', { sub: '' }],
  ['a subject that is a number', { sub: 12345 }],
  ['a subject that is a list', { sub: ['officer'] }],
  ['a subject that is an object', { sub: { id: 'officer' } }],
  ['a subject with a null byte', { sub: 'officer\u0000' }],
  ['a subject with a line break', { sub: 'officer\nroot' }],
  ['a subject of a thousand letters', { sub: 'x'.repeat(1000) }],
  ['a subject that is true', { sub: true }],
  ['a subject that is a citizen number', { sub: '11010519491231002X' }],
  ['a subject that is a parted citizen number', { sub: '110105-19491231-002X' }],
  ['no role', { role: undefined }],
  ['a role that nobody has', { role: 'ADMIN' }],
  ['a role in small letters', { role: 'county_housing' }],
  ['a role in full width', { role: 'ＣＯＵＮＴＹ＿ＨＯＵＳＩＮＧ' }],
  ['a role with a Cyrillic letter', { role: 'СOUNTY_HOUSING' }],
  ['a role with a hidden letter', { role: 'COUNTY_HOUSING\u200b' }],
  ['a role with a space', { role: 'COUNTY_HOUSING ' }],
  ['a list of one role', { role: ['COUNTY_HOUSING'] }],
  ['a list of roles', { role: ['DASHBOARD', 'REGION_HOUSING'] }],
  ['a role that is an object', { role: { COUNTY_HOUSING: true } }],
  ['a role of the prototype', { role: 'constructor' }],
  ['the role of the machine', { role: 'SYSTEM' }],
  ['no region', { region: undefined }],
  ['a region that is none', { region: '99' }],
  ['a region that is a number', { region: 150402 }],
  ['a list of regions', { region: ['150402', '45'] }],
  ['a region in full width', { region: '１５０４０２' }],
  ['a region that is a pattern', { region: '15%' }],
  ['a region that is SQL', { region: "15' or '1'='1" }],
  ['a region of the prototype', { region: '__proto__' }],
  ['an empty region', { region: '' }],
  ['a padded region', { region: '150000' }],
  ['a partner whose client id is a list', { role: 'PARTNER_SYSTEM', client_id: ['demo-partner'] }],
  ['a partner whose client id is a citizen number', { role: 'PARTNER_SYSTEM', client_id: '11010519491231002X' }],
  ['a partner whose client id has a null byte', { role: 'PARTNER_SYSTEM', client_id: 'a\u0000' }],
  ['a partner whose client id is empty', { role: 'PARTNER_SYSTEM', client_id: '' }],
  ['a partner whose client id is an object', { role: 'PARTNER_SYSTEM', client_id: {} }],
];
