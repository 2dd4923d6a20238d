/*
 * Node names itself so from version 21 on. Without it the database driver loads all of fetch, a fortieth of a start, to find
 * out whether it runs at Cloudflare.
 */
if (!('navigator' in globalThis)) {
  const value = { userAgent: `Node.js/${process.versions.node.split('.')[0]}` };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true, enumerable: false, writable: true });
}
