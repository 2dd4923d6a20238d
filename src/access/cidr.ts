import { BlockList, isIP } from 'node:net';

/** A range of addresses. */
export type Range = readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'];

/** From '10.20.0.0/16', or one address; undefined for what is none. */
export function rangeOf(cidr: string): Range | undefined {
  const [network = '', prefix, more] = cidr.trim().split('/');
  const family = isIP(network);
  const longest = family === 6 ? 128 : 32;
  const length = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (family === 0 || more !== undefined || length < 0 || length > longest) return undefined;
  return [network, length, family === 6 ? 'ipv6' : 'ipv4'];
}

/** Entries of a list by comma that are no ranges. */
export const malformedRanges = (list: string): string[] =>
  entriesOf(list).filter((entry) => rangeOf(entry) === undefined);

export const entriesOf = (list: string): string[] => list.split(',').flatMap((entry) => entry.trim() || []);

/** Does an address lie in one of these? */
export function within(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const entry of ranges) {
    const range = rangeOf(entry);
    if (!range) throw new Error(`${entry} is no range of addresses`);
    list.addSubnet(...range);
  }
  return (address) => list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
