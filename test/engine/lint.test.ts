import { anyKnown } from '../../src/engine/aggregate';
import { lint } from '../../src/engine/lint';
import { connectors } from '../../connectors';
import { CaseKind as CaseKindNoun } from '../../schema/housing/case';
import { clause } from '../../src/clauses';
import { CASE_KINDS, defineRule, refuseUnknownSources, type RuleDeclaration } from '../../src/engine/rule';
import { parameter, sql, type Sql } from '../../src/engine/sql';
import { rules } from '../../src/rules';

const rule = (facts: Sql, holds = sql`owns`) =>
  defineRule({
    code: 'RR-99',
    title: '示例',
    basis: clause('IM-6(2)'),
    since: '2014-01-01',
    needs: ['property'],
    facts,
    holds,
    unit: null,
    onFalse: 'FAIL',
    because: { fail: () => '', unknown: () => '' },
  });

describe('the lint of rules', () => {
  it.each([
    'select household_id, sum(owned_area_cm2) from property group by 1',
    'select household_id, MAX(owned_area_cm2) from property group by 1',
    'select household_id, min (owned_area_cm2) from property group by 1',
    'select household_id, count(*) from property group by 1',
    'select household_id, bool_or(found) from property group by 1',
    'select household_id, bool_and(found) from property group by 1',
    'select household_id, every(found) from property group by 1',
    'select household_id, coalesce(owned_area_cm2, 0) from property',
    'select household_id, exists (select from property) from given',
    'select household_id, greatest(owned_area_cm2, 0) from property',
  ])('refuses SQL that makes an unknown a verdict: %s', (text) => {
    expect(() => rule({ text, written: [text], parameters: [] })).toThrow(/rule RR-99: .*use/);
  });

  it('looks into every piece a rule is made of, nested ones too', () => {
    const nested = sql`select household_id, ${anyKnown(sql`coalesce(found, false)`)} as owns from property group by 1`;
    expect(lint(nested)).toEqual([expect.stringContaining('coalesce')]);
    expect(() => rule(sql`select household_id from given`, sql`coalesce(owns, true)`)).toThrow(/coalesce/);
  });

  it('lets the engine’s own aggregates pass, and columns whose names hold a forbidden word', () => {
    expect(lint(sql`select ${anyKnown(sql`found`)}, account_status, maximum from provident_fund`)).toEqual([]);
  });

  it('refuses a parameter code that could be anything but a code', () => {
    expect(() => parameter('a" or true --')).toThrow('no parameter code');
  });

  it('cites only ids of the form of the clause list', () => {
    expect(() => clause('RR-12')).toThrow('no clause id');
  });
});

describe('a rule that could not be law', () => {
  const sound = rules[0]!;
  it.each([
    ['no citation', { basis: [] }, 'it cites no law'],
    ['a programme nobody has', { programmes: ['LOW_RENT', 'CASTLES'] }, `unknown programme 'CASTLES'`],
    ['a kind of case nobody opens', { kinds: ['APPLICATION', 'REVIEW'] }, `unknown kind of case 'REVIEW'`],
    ['nothing to apply to', { kinds: [] }, 'it applies to nothing'],
    ['a day that is none', { since: '2014-02-30' }, `'2014-02-30' is no day`],
    ['an end before its beginning', { until: '2013-12-31' }, 'it ends on 2013-12-31, before it begins'],
    ['a code that is none', { code: 'RULE-1' }, `'RULE-1' is no rule code`],
  ])('is refused by its code when it is loaded: %s', (_, fault, said) => {
    const declaration: RuleDeclaration = { ...sound, ...(fault as Partial<RuleDeclaration>) };
    expect(() => defineRule(declaration)).toThrow(`rule ${declaration.code}: ${said}`);
    expect(() => defineRule(sound)).not.toThrow();
  });

  it('is refused by its code where it reads a source nobody answers for', () => {
    const sources = connectors.map(({ name }) => name);
    expect(() => refuseUnknownSources(rules, sources)).not.toThrow();
    expect(() => refuseUnknownSources([{ ...sound, needs: ['property', 'bank'] }], sources)).toThrow(
      `rule ${sound.code}: unknown source 'bank'`,
    );
  });

  it('knows the kinds of case that the nouns know', () =>
    expect([...CASE_KINDS].sort()).toEqual(Object.values(CaseKindNoun).sort()));
});

describe('the registry', () => {
  it('holds every rule once, in the order of the codes', () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });
});
