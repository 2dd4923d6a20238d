import { anyKnown } from '../../src/engine/aggregate';
import { lint } from '../../src/engine/lint';
import { clause } from '../../src/clauses';
import { defineRule } from '../../src/engine/rule';
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

describe('the registry', () => {
  it('holds every rule once, in the order of the codes', () => {
    const codes = rules.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
  });
});
