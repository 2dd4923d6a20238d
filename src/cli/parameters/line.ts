import { isDay } from '../../access/day';
import { holdsIdNumber } from '../../access/identity';
import { parameterDeclared, PARAMETERS } from '../../../schema/parameters';
import { Programme } from '../../../schema/programme';
import { Mark } from '../../../schema/sharing/parameter';
import type { RawLine } from './read';

/** A number to be loaded, found sound. */
export interface Line {
  readonly at: number;
  readonly code: string;
  /** Null where it is for all. */
  readonly regionCode: string | null;
  readonly programme: string | null;
  readonly value: number;
  readonly unit: string;
  readonly documentNumber: string;
  readonly mark: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  /** Document number of the value whose place it takes. */
  readonly replaces: string | null;
}

/** What a line may name: regions of the hub, agencies it asks. */
export interface Known {
  readonly regions: ReadonlySet<string>;
  readonly sources: readonly string[];
}

const NEEDED = ['code', 'region', 'programme', 'value', 'unit', 'document', 'mark', 'from'];
const NAMES = [...NEEDED, 'to', 'replaces'];
const ALL = 'all';
const WHOLE = /^-?\d{1,15}$/;
const DOCUMENT = /^\P{C}{1,200}$/u;

/** The line, or what is wrong with it, all at once. */
export function lineOf({ at, fields }: RawLine, known: Known): Line | string[] {
  const given = (name: string) => fields.get(name) || null;
  const faults = [...faultsOf(given, [...fields.keys()], known)];
  if (faults.length > 0) return faults;
  const orAll = (name: string) => (given(name) === ALL ? null : given(name));
  return {
    at,
    code: given('code')!,
    regionCode: orAll('region'),
    programme: orAll('programme'),
    value: Number(given('value')),
    unit: given('unit')!,
    documentNumber: given('document')!,
    mark: given('mark')!,
    validFrom: given('from')!,
    validTo: given('to'),
    replaces: given('replaces'),
  };
}

type Given = (name: string) => string | null;

function* faultsOf(given: Given, names: readonly string[], known: Known): Generator<string> {
  for (const name of names) if (!NAMES.includes(name)) yield `unknown name '${name}'; there are ${NAMES.join(', ')}`;
  for (const name of NEEDED)
    if (given(name) === null) yield `${name} is missing${NONE_SAYS_ALL.has(name) ? `; '${ALL}' for all` : ''}`;
  yield* faultsOfNumber(given, known);
  const [region, programme, mark] = [given('region'), given('programme'), given('mark')];
  if (region && region !== ALL && !known.regions.has(region)) yield `unknown region '${region}'`;
  if (programme && programme !== ALL && !(programme in Programme)) yield `unknown programme '${programme}'`;
  if (mark && !(mark in Mark)) yield `unknown mark '${mark}'; there are ${Object.keys(Mark).join(', ')}`;
  yield* faultsOfDocuments(given);
  yield* faultsOfDays(given);
}

const NONE_SAYS_ALL: ReadonlySet<string> = new Set(['region', 'programme']);

function* faultsOfNumber(given: Given, { sources }: Known): Generator<string> {
  const [code, unit, value] = [given('code'), given('unit'), given('value')];
  if (code === null) return;
  const declared = parameterDeclared(code);
  const ofOneSource = !PARAMETERS.has(code);
  if (!declared || (ofOneSource && !sources.some((source) => code.endsWith(`.${source}`)))) {
    yield `unknown code '${code}' (npm run hub -- parameters list)`;
    return;
  }
  if (unit && unit !== declared.unit) yield `${code} is in ${declared.unit}, not in '${unit}'`;
  if (!value) return;
  if (!WHOLE.test(value)) yield `value '${value}' is no whole number`;
  else if (Number(value) < declared.least || Number(value) > declared.greatest)
    yield `value ${value} is out of bounds: ${code} lies from ${declared.least} to ${declared.greatest} ${declared.unit}`;
}

function* faultsOfDocuments(given: Given): Generator<string> {
  for (const name of ['document', 'replaces']) {
    const number = given(name);
    if (number && (!DOCUMENT.test(number) || holdsIdNumber(number)))
      yield `${name} is a document number of up to 200 characters`;
  }
}

function* faultsOfDays(given: Given): Generator<string> {
  const [from, to] = [given('from'), given('to')];
  for (const day of [from, to]) if (day && !isDay(day)) yield `'${day}' is no day as 2027-01-31`;
  if (from && to && isDay(from) && isDay(to) && to < from) yield `it ends on ${to}, before it begins`;
}
