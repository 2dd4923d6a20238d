/**
 * Compiles what changed since the last build into dist/, file by file; a second run with nothing changed only looks.
 * Plain JavaScript, because it runs before anything is compiled. Not part of what it builds.
 */
const { spawnSync } = require('node:child_process');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const ROOT = join(__dirname, '..', '..');
const OUT = join(ROOT, 'dist');
const STAMP = join(OUT, 'build.json');
const FOLDERS = ['src', 'schema', 'resolvers', 'connectors', 'migrations', 'bench', 'test/support'];

const stampOf = (file) => ((found) => `${found.mtimeMs}:${found.size}`)(statSync(join(ROOT, file)));
const targetOf = (file) => join(OUT, file.replace(/\.ts$/, '.js'));

function sources() {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1)),
  );
  return Object.fromEntries(files.map((file) => [file, stampOf(file)]));
}

/** Stamps of the last build; none when the compiler or its settings are others by now. */
function lastBuild(tools) {
  try {
    const last = JSON.parse(readFileSync(STAMP, 'utf8'));
    return last.tools === tools ? last.files : {};
  } catch {
    return {};
  }
}

/** A file appears whole or not at all: another build, or a start, may run at the same moment. */
function put(target, content) {
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, target);
}

/** Packages and verbs are loaded at their first use: a start waits for none that it does not use. */
const laterIn = (code) => [...code.matchAll(/ from '([^'.][^']*|[^']*\/commands\/[^']*)';/g)].map(([, name]) => name);

function compile(file) {
  const [source, target] = [join(ROOT, file), targetOf(file)];
  mkdirSync(dirname(target), { recursive: true });
  if (!file.endsWith('.ts')) return put(target, readFileSync(source));
  const text = readFileSync(source, 'utf8');
  const { code, map } = require('@swc/core').transformSync(text, {
    ...{ filename: source, configFile: join(ROOT, '.swcrc') },
    module: { type: 'commonjs', lazy: laterIn(text) },
  });
  put(`${target}.map`, map);
  put(target, `${code}\n//# sourceMappingURL=${target.split('/').pop()}.map\n`);
}

function build() {
  const tools = ['.swcrc', 'package.json', 'src/cli/build.cjs'].map(stampOf).join(' ');
  const [now, last] = [sources(), lastBuild(tools)];
  const changed = Object.keys(now).filter((file) => now[file] !== last[file]);
  const gone = Object.keys(last).filter((file) => !(file in now));
  if (changed.length + gone.length === 0) return;
  for (const file of gone) rmSync(targetOf(file), { force: true });
  changed.forEach(compile);
  put(STAMP, JSON.stringify({ tools, files: now })); // last: a build cut short is taken up where its files differ
}

/** What the program loads, kept compiled: a start saves half its work. Where it cannot be made, the program runs without. */
function keepCompiled() {
  const folder = join(OUT, 'src/cli/code-cache');
  if (require(join(folder, 'archive.js')).isFresh()) return;
  const { status } = spawnSync(process.execPath, [join(folder, 'make.js')], { stdio: 'inherit' });
  if (status !== 0)
    process.stderr.write('The code cache could not be made: the program starts without, more slowly.\n');
}

build();
keepCompiled();
