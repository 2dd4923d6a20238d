import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import { entriesOf, within } from '../../access/cidr';

/**
 * Where a request came from: the connection's other end, or where that is a trusted proxy, the last address it was sent by that
 * is none. What stands before that in X-Forwarded-For anybody may have written. Of IPv6 the /64, which is one subscriber.
 */
export function makeClientAddress(trustedProxies: string): (request: IncomingMessage) => string {
  const ranges = entriesOf(trustedProxies);
  const trusted = ranges.length === 0 ? () => false : within(ranges);
  return ({ socket, headers }) => {
    let address = plain(socket.remoteAddress ?? '');
    if (!trusted(address)) return block(address);
    for (const hop of [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',').reverse()) {
      const next = plain(hop.trim());
      if (next === '') break;
      address = next;
      if (!trusted(address)) break;
    }
    return block(address);
  };
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** '2001:db8:1:2:…' → '2001:db8:1:2'. */
function block(address: string): string {
  if (!isIPv6(address)) return address.slice(0, 64);
  const [head = '', tail] = address.split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...back].slice(0, 4).join(':');
}
