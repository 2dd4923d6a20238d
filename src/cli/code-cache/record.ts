import { dirname, isAbsolute } from 'node:path';
import { Script } from 'node:vm';
import { transformSync } from '@swc/core';
import { loader, OPENING_LENGTH, run, wrapped, type Loading } from './internals';
import { stampOf, type Contents, type Kept } from './layout';

export interface Recorded {
  readonly contents: Contents;
  readonly parts: readonly Buffer[];
}

type Scripts = Map<string, { readonly script: Script; readonly source: string }>;

/** Node answers an import() only from modules that it compiled itself; a comment may speak of one. */
const IMPORTS = /\bimport\s*\(/;
const COMMENTS = /^\s*(\/\/|\/?\*+\s).*$/gm;
const importsLater = (source: string): boolean => IMPORTS.test(source) && IMPORTS.test(source.replace(COMMENTS, ''));
const OUTSIDE_LATIN1 = /[^\0-\xff]/;

/** Loads modules as ever, and remembers them: the result gives those loaded since, with all of theirs that is compiled by then. */
export function record(): () => Recorded {
  const scripts: Scripts = new Map();
  const links: Record<string, Record<string, string>> = {};
  const { prototype, _resolveFilename: resolve } = loader;
  const { _compile: compile } = prototype;
  prototype._compile = function (this: Loading, given, filename, format) {
    const source = format === 'module' ? asCommonJs(given, filename) : given;
    const script = importsLater(source) ? undefined : scriptOf(source, filename);
    if (!script) return compile.call(this, given, filename, format);
    scripts.set(filename, { script, source });
    return run(script, this, filename);
  };
  loader._resolveFilename = (request, parent, isMain, options) => {
    const path = resolve(request, parent, isMain, options);
    if (!options && parent?.filename && isAbsolute(path)) (links[dirname(parent.filename)] ??= {})[request] = path;
    return path;
  };
  return () => pack(scripts, links);
}

/** An ES module that is required: Node's own way there costs twenty times as much. */
const asCommonJs = (source: string, filename: string): string =>
  transformSync(source, {
    ...{ filename, swcrc: false, configFile: false, sourceMaps: false, module: { type: 'commonjs' } },
    jsc: { target: 'es2022', parser: { syntax: 'ecmascript' } },
  }).code;

/** Undefined for what is no CommonJS module: Node finds out what it is. */
function scriptOf(source: string, filename: string): Script | undefined {
  try {
    return new Script(wrapped(source), { filename, columnOffset: -OPENING_LENGTH });
  } catch {
    return undefined;
  }
}

function pack(scripts: Scripts, links: Contents['links']): Recorded {
  const modules: Kept[] = [];
  const codes: Buffer[] = [];
  const sources: Record<'narrow' | 'wide', string[]> = { narrow: [], wide: [] };
  const ends = { narrow: 0, wide: 0 };
  let at = 0;
  for (const [path, { script, source }] of scripts) {
    const wide = OUTSIDE_LATIN1.test(source);
    const [code, text, which] = [script.createCachedData(), wrapped(source), wide ? 'wide' : 'narrow'] as const;
    const from = ends[which];
    modules.push({ path, stamp: stampOf(path), at, code: code.length, from, to: (ends[which] += text.length), wide });
    codes.push(code);
    sources[which].push(text);
    at += code.length;
  }
  const texts = [
    Buffer.from(sources.narrow.join(''), 'latin1'),
    Buffer.from(sources.wide.join(''), 'utf16le'),
  ] as const;
  const lengths = { narrow: texts[0].length, wide: texts[1].length };
  return { contents: { texts: lengths, modules, links }, parts: [...texts, ...codes] };
}
