import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from '../support/folder';
import { buildHub } from '../support/program';

const ROOT = join(__dirname, '../..');
const ARCHIVE = join(ROOT, 'dist/code-cache.bin');
const MINUTE = 60_000;
const moved = join(testFolder(), 'moved');

beforeAll(buildHub, MINUTE);

/** What a program says that runs in a project's dist/ with the code cache as far as there is one. */
function run(project: string, text: string): string {
  const first = `const { openArchive } = require('./src/cli/code-cache/archive'); require('./src/cli/code-cache/on');`;
  const options = { cwd: join(project, 'dist'), encoding: 'utf8' } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', `${first}${text}`], options);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

/** Names of the loaded modules that Node compiled itself. */
const COMPILED = `
  const { prototype } = require('node:module');
  const compile = prototype._compile;
  prototype._compile = function (source, filename, format) {
    console.log(filename);
    return compile.call(this, source, filename, format);
  };`;

/** A thrown error's frames, from our own code and from a package's. */
const STACKS = `
  require('reflect-metadata');
  const { regionTree } = require('./src/store/regions');
  const { parse } = require('graphql');
  for (const fails of [() => regionTree(undefined), () => parse('{')])
    try { fails(); } catch (error) { console.log(error.stack.split('\\n').slice(0, 4).join('\\n')); }`;

describe('the code cache', () => {
  it('is made by the build, and left alone by a build with nothing to do', () => {
    const { mtimeMs } = statSync(ARCHIVE);
    buildHub();
    expect(statSync(ARCHIVE).mtimeMs).toBe(mtimeMs);
    expect(run(ROOT, 'console.log(openArchive().modules.length > 1000)')).toBe('true\n');
  });

  it('compiles nothing of the gateway and the packages it stands on', () => {
    const compiled = run(ROOT, `${COMPILED} require('reflect-metadata'); require('./src/server/documents');`);
    expect(compiled).toBe('');
  });

  it(
    'is not used by a project that was moved, nor where it is damaged or missing: the program runs all the same',
    () => {
      cpSync(join(ROOT, 'dist'), join(moved, 'dist'), { recursive: true, preserveTimestamps: true });
      symlinkSync(join(ROOT, 'node_modules'), join(moved, 'node_modules'));
      const archive = join(moved, 'dist/code-cache.bin');
      const spoil: (() => void)[] = [
        () => expect(existsSync(archive)).toBe(true),
        () => truncateSync(archive, 1000),
        () => writeFileSync(archive, 'no archive at all'),
        () => rmSync(archive),
      ];
      for (const spoilt of spoil) {
        spoilt();
        const said = run(moved, `console.log(openArchive()); ${COMPILED} require('./src/cli/program');`);
        expect(said).toMatch(/^undefined\n.*program\.js\n/);
      }
    },
    MINUTE,
  );

  it('leaves stack traces as they are without it', () => {
    const plain = spawnSync(process.execPath, ['-e', STACKS], { cwd: join(ROOT, 'dist'), encoding: 'utf8' });
    const frames = run(ROOT, STACKS);
    expect(frames).toBe(plain.stdout);
    expect(frames).toMatch(/regions\.js:\d+:\d+/);
    expect(readFileSync(join(ROOT, 'dist/src/store/regions.js'), 'utf8')).toContain('sourceMappingURL');
  });
});
