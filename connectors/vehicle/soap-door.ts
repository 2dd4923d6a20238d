import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Client, IHttpClient, passwordDigest } from 'soap';
import { openHttp, type HttpAgency } from '../../src/exchange/http';
import { SourceTrouble, sourceFault } from '../../src/exchange/trouble';

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const DIGEST = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest';

export interface Credentials {
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

/** One operation of the agency's SOAP service, from the WSDL kept here: the agency's own is never fetched. */
export interface SoapDoor {
  call(operation: string, message: object, signal: AbortSignal): Promise<unknown>;
  load(): Promise<void>;
  close(): Promise<void>;
}

export function openSoap(credentials: Credentials, clock: () => Date): SoapDoor {
  const http = openHttp(credentials.url);
  let client: Promise<Client> | undefined;
  const open = async (): Promise<Client> => {
    const options = { endpoint: credentials.url, httpClient: carrier(http) };
    const soap = await import('soap');
    const made = await soap.createClientAsync(join(__dirname, 'vehicle.wsdl'), options);
    made.setSecurity({ toXML: () => usernameToken(credentials, clock(), soap.passwordDigest) });
    return made;
  };
  const opened = () => (client ??= open());
  return {
    async call(operation, message, signal) {
      const soap = await opened();
      try {
        const [answer] = await soap[`${operation}Async`](message, { signal });
        return answer;
      } catch (error) {
        throw error instanceof SourceTrouble ? error : sourceFault(); // the rest is XML that is none, or of another shape
      }
    },
    load: async () => void (await Promise.all([opened(), http.load()])),
    close: http.close,
  };
}

/** WS-Security UsernameToken: a digest over a nonce and the time, so that it works once and not for long. */
function usernameToken({ username, password }: Credentials, now: Date, digest: typeof passwordDigest): string {
  const nonce = randomBytes(16).toString('base64');
  const created = now.toISOString();
  return (
    `<wsse:Security xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}"><wsse:UsernameToken><wsse:Username>${username}</wsse:Username>` +
    `<wsse:Password Type="${DIGEST}">${digest(nonce, created, password)}</wsse:Password>` +
    `<wsse:Nonce>${nonce}</wsse:Nonce><wsu:Created>${created}</wsu:Created></wsse:UsernameToken></wsse:Security>`
  );
}

/** Carries messages over the exchange's own connections. Documents with a DOCTYPE are refused: no entity is ever expanded. */
function carrier(http: HttpAgency): IHttpClient {
  const request = async (url: string, body: string, headers: Record<string, string>, signal: AbortSignal) => {
    const { pathname, search } = new URL(url);
    const reply = await http.send({ method: 'POST', path: pathname + search, headers, body, signal });
    if (/<!DOCTYPE/i.test(reply.body)) throw sourceFault();
    return reply;
  };
  return {
    request(url, body, callback, headers, options) {
      const sent = request(url, body, headers ?? {}, options?.signal);
      sent.then((reply) => callback(null, { status: reply.status, headers: {} }, reply.body)).catch(callback);
      return sent as never; // the client looks at the callback only; the type is axios's
    },
  };
}
