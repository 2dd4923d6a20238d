import { JUDGES } from '../../bench/rules/row-loop/judge';
import { rules } from '../../src/rules';

describe('bench rules', () => {
  it('compares ten rules of the hub with a row loop that judges the same', () => {
    const codes = rules.map(({ code }) => code);
    expect(Object.keys(JUDGES).filter((code) => !codes.includes(code))).toEqual([]);
    expect(Object.keys(JUDGES)).toHaveLength(10);
  });
});
