import Module from 'node:module';
import type { Script } from 'node:vm';

/** A CommonJS module as Node's own loader hands it about. */
export interface Loading {
  readonly filename: string | null;
  /** Its folder. */
  readonly path: string;
  exports: unknown;
  require(request: string): unknown;
}

type Resolve = (request: string, parent?: Loading | null, isMain?: boolean, options?: object) => string;

/** The parts of Node's loader that every require hook uses; not in its types. */
export const loader = Module as unknown as {
  readonly _cache: NodeJS.Require['cache'];
  readonly _extensions: Record<string, (module: Loading, filename: string) => void>;
  _resolveFilename: Resolve;
  readonly prototype: { _compile(content: string, filename: string, format?: string): unknown };
};

const OPENING = '(function (exports, require, module, __filename, __dirname) {';
/** So much of the first line is not the module's own. */
export const OPENING_LENGTH = OPENING.length;
export const wrapped = (source: string): string => `${OPENING}${source}\n})`;

type Body = (this: unknown, ...given: [unknown, NodeJS.Require, Loading, string, string]) => unknown;

/** Runs a module's wrapped source, as Node does its own. */
export function run(script: Script, module: Loading, filename: string): unknown {
  const body = script.runInThisContext() as Body;
  return body.call(module.exports, module.exports, requireOf(module), module, filename, module.path);
}

function requireOf(module: Loading): NodeJS.Require {
  const require = ((request: string) => module.require(request)) as NodeJS.Require;
  const resolve = (request: string, options?: object) => loader._resolveFilename(request, module, false, options);
  resolve.paths = (request: string) => Module.createRequire(module.filename!).resolve.paths(request);
  require.resolve = resolve;
  require.main = process.mainModule;
  require.extensions = loader._extensions as unknown as NodeJS.Require['extensions'];
  require.cache = loader._cache;
  return require;
}
