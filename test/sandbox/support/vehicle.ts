import { randomBytes } from 'node:crypto';
import { passwordDigest } from 'soap';
import { politely, type Person } from './property';
import type { SmallSandbox } from './world';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

export interface Token {
  readonly username?: string;
  readonly password?: string;
  readonly nonce?: string;
  readonly created?: string;
}

const element = (name: string, text: string) => `<${name}>${text}</${name}>`;

/** A QueryVehicles message; `token` overrides parts of the credentials. */
export function queryVehicles(
  small: SmallSandbox,
  people: readonly Person[],
  items: readonly string[],
  token: Token = {},
): string {
  const { username, password } = small.sandbox.agencies.vehicle as { username: string; password: string };
  const nonce = token.nonce ?? randomBytes(16).toString('base64');
  const created = token.created ?? small.time.now.toISOString();
  const digest = passwordDigest(nonce, created, token.password ?? password);
  const persons = people.map(({ idNumber, name }, at) =>
    element(
      'Person',
      element('Ref', `q${at}`) +
        element('IdCardNo', idNumber) +
        element('Name', name) +
        '<CaseNo>c</CaseNo><LetterNo>l</LetterNo>',
    ),
  );
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Header>
    <wsse:Security xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}"><wsse:UsernameToken>${element('wsse:Username', token.username ?? username)}
      <wsse:Password Type="#PasswordDigest">${digest}</wsse:Password>${element('wsse:Nonce', nonce)}${element('wsu:Created', created)}
    </wsse:UsernameToken></wsse:Security></soap:Header>
    <soap:Body><QueryVehiclesRequest xmlns="http://vehicle.sandbox.anju/registry/v2"><Purpose>HOUSING_SECURITY_REVIEW</Purpose>
      <Items>${items.map((item) => element('Item', item)).join('')}</Items><Persons>${persons.join('')}</Persons>
    </QueryVehiclesRequest></soap:Body></soap:Envelope>`;
}

export function postSoap(small: SmallSandbox, envelope: string, patienceMs?: number): Promise<Response> {
  const headers = {
    'content-type': 'text/xml; charset=utf-8',
    soapaction: '"http://vehicle.sandbox.anju/registry/v2/QueryVehicles"',
  };
  return politely(small.sandbox.agencies.vehicle!.url!, { method: 'POST', body: envelope, headers }, patienceMs);
}

/** Texts of every element of a name, in order. */
export const texts = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1]!);
