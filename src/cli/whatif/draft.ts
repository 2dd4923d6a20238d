import Module from 'node:module';
import { basename, join, resolve } from 'node:path';
import type { Options } from '@swc/core';
import { refuseUndeclaredParameters, refuseUnknownSources, type Rule } from '../../engine/rule';
import { Refusal } from '../refusal';

/** 规则草案: a file of rules that nobody applies yet. */
export interface Draft {
  readonly file: string;
  readonly text: string;
  readonly rules: readonly Rule[];
}

const ROOT = resolve(__dirname, '..', '..', '..');
/** Where rules live: a draft imports the engine as if it stood there. */
const PLACE = join(ROOT, 'src', 'rules', 'eligibility');

/** As the build compiles it; the settings stand here because `.swcrc` is not part of what is built. */
const COMPILED: Options = {
  ...{ swcrc: false, sourceMaps: 'inline', module: { type: 'commonjs' } },
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
};

/**
 * Compiles and runs a file of rules, written as a file of src/rules/eligibility, and takes what it exports. The draft is a program
 * of whoever names it, run with the rights of this command. Throws Refusal naming the file, and the line where there is one.
 */
export async function draftOf(file: string, text: string, sources: readonly string[]): Promise<Draft> {
  const { transform } = await import('@swc/core');
  try {
    const { code } = await transform(text, { ...COMPILED, filename: file });
    const rules = Object.values(run(code, join(PLACE, basename(file)))).filter(isRule);
    if (rules.length === 0) throw new Error('it exports no rule: export const … = defineRule({ … })');
    refuseUnknownSources(rules, sources);
    refuseUndeclaredParameters(rules);
    return { file, text, rules };
  } catch (error) {
    throw new Refusal(`${file}${saidBy(error)}. Nothing was tried.`);
  }
}

interface Loading extends Module {
  _compile(code: string, filename: string): void;
}

function run(code: string, filename: string): object {
  const module = new Module(filename) as Loading;
  module.filename = filename;
  module.paths = [join(ROOT, 'node_modules')];
  module._compile(code, filename);
  return module.exports as object;
}

const isRule = (value: unknown): value is Rule =>
  typeof value === 'object' && value !== null && 'holds' in value && 'parameters' in value && 'code' in value;

/** The compiler draws the place, in colours, over several lines: `x Unexpected token ,-[draft.ts:8:1] …`. */
const DRAWN = /^\s*x (.+?)\s*,-\[.*?:(\d+):\d+\]/s;
const COLOUR = /\x1b\[[\d;]*m/g;

function saidBy(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error)).replace(COLOUR, '');
  const drawn = DRAWN.exec(message);
  return drawn ? `:${drawn[2]}: ${drawn[1]!.replace(/\.$/, '')}` : `: ${message}`;
}
