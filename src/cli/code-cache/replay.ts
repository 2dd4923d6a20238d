import { Script } from 'node:vm';
import type { Archive } from './archive';
import { loader, OPENING_LENGTH, run } from './internals';

/** From now on modules of the archive are neither looked for nor compiled. All others load as ever. */
export function replay({ modules, links, read }: Archive): void {
  const kept = new Map(modules.map((each) => [each.path, each]));
  const { _extensions: extensions, _resolveFilename: resolve } = loader;
  const load = extensions['.js']!;
  extensions['.js'] = (module, filename) => {
    const found = kept.get(filename);
    if (!found) return load(module, filename);
    const { code, source } = read(found);
    const script = new Script(source, { filename, columnOffset: -OPENING_LENGTH, cachedData: code });
    run(script, module, filename);
  };
  loader._resolveFilename = (request, parent, isMain, options) => {
    const path = !options && parent ? links[parent.path]?.[request] : undefined;
    return path ?? resolve(request, parent, isMain, options);
  };
}
