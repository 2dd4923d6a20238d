import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, Socket, type LookupFunction, type NetConnectOpts } from 'node:net';
import { within } from '../access/cidr';
import { agencyNetwork } from '../config';
import { SourceTrouble } from './trouble';

/** What an agency's address may be. */
export interface Network {
  /** Resolves a name and hands on only addresses that may be called; the connection is made to what it says, not looked up again. */
  readonly lookup: LookupFunction;
  /** Throws SourceTrouble for a host written as an address that may not be called. */
  require(host: string): void;
}

export interface NetworkRules {
  /** On: the agencies stand on this machine; anything may be called. */
  readonly sandbox: boolean;
  /** Private networks in which agencies may stand, CIDR. */
  readonly allowed: readonly string[];
  /** For tests; the system's otherwise. */
  readonly lookup?: typeof systemLookup;
}

/** Never an agency (RFC 6890): ourselves, the link, many at once, nobody; and where clouds tell machines their secrets. */
const NEVER = [
  ...['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '192.0.0.0/24', '224.0.0.0/3', '100.100.100.200', '168.63.129.16'],
  ...['::/127', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254', 'fd20:ce::254'],
];

/** IPv6 addresses that carry an IPv4 one (mapped, translated, 6to4, Teredo) reach it by a side door. */
const CARRIERS = ['::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32'];

/** Private (RFC 1918, 4193, 6598, 2544) and set aside for books: an agency only where the operator says so. */
const PRIVATE = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '198.18.0.0/15', 'fc00::/7', 'fec0::/10'],
  ...['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'],
];

const isNever = within(NEVER);
const isCarrier = within(CARRIERS);
const isPrivate = within(PRIVATE);

/** The one place that says whom a connector may call; fail-closed outside the sandbox. */
export function makeNetwork({ sandbox, allowed, lookup = systemLookup }: NetworkRules): Network {
  const isOwn = within(allowed);
  const may = (address: string): boolean =>
    sandbox || !(isNever(address) || isCarried(address) || (isPrivate(address) && !isOwn(address)));
  return {
    require(host) {
      const bare = host.replace(/^\[|\]$/g, '');
      if (isIP(bare) !== 0 && !may(bare)) throw notAllowed();
    },
    lookup(host, options, done) {
      lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
        if (error) return done(error, '');
        if (found.length === 0 || !found.every(({ address }) => may(address))) return done(notAllowed(), '');
        if (options.all) return done(null, found);
        done(null, found[0]!.address, found[0]!.family);
      });
    },
  };
}

/* The list matches an IPv4 address against its mapped form. */
const isCarried = (address: string): boolean => isIP(address) === 6 && isCarrier(address);

const notAllowed = () => new SourceTrouble('FAULT', 'ADDRESS_NOT_ALLOWED');

let configured: Network | undefined;
/** The network of the settings, which every connection to an agency is made through unless told otherwise. */
export const configuredNetwork = (): Network => (configured ??= makeNetwork(agencyNetwork()));

/** A socket for protocols that open their own (PostgreSQL, SSH): it connects to what the network allows and nothing else. */
export class AgencySocket extends Socket {
  constructor(private readonly network: Network = configuredNetwork()) {
    super();
  }

  override connect(...given: unknown[]): this {
    const [first, second] = given;
    const target =
      typeof first === 'object' ? (first as NetConnectOpts) : { port: Number(first), host: second as string };
    const listener = given.find((each) => typeof each === 'function') as (() => void) | undefined;
    const { host = 'localhost' } = target as { host?: string };
    try {
      if ('path' in target && target.path) throw notAllowed(); // a socket of this machine
      this.network.require(host);
    } catch (error) {
      process.nextTick(() => this.destroy(error as Error));
      return this;
    }
    return super.connect({ ...target, lookup: this.network.lookup } as NetConnectOpts, listener as () => void);
  }
}
