import { compactDay, decimalAs, decode } from '../../src/exchange/units';

describe('reading an agency\u2019s units', () => {
  it.each([
    ['89.50', 4, 895_000],
    ['128000.00', 2, 12_800_000],
    ['33.33', 2, 3333],
    ['7', 2, 700],
    ['0.0100', 2, 1],
    ['999999999999.99', 2, 99_999_999_999_999],
  ])('%s in units of 10^-%s is exactly %s', (text, digits, units) => expect(decimalAs(text, digits)).toBe(units));

  it.each([89.5, '', '-1', '1e3', '1.234', '1,000', ' 1', '12万元', '1234567890123', null, undefined, {}])(
    '%p is no amount',
    (text) => expect(() => decimalAs(text, 2)).toThrow('SOURCE_FAULT'),
  );

  it('reads a compact day, and only that', () => {
    expect(compactDay('20261121')).toBe('2026-11-21');
    for (const wrong of ['2026-11-21', '2026112', 20261121, null])
      expect(() => compactDay(wrong)).toThrow('SOURCE_FAULT');
  });

  it('knows no code that is not listed', () => {
    expect(decode({ 1: 'ONE' }, 1)).toBe('ONE');
    for (const wrong of [2, 'toString', '__proto__', null, [1]])
      expect(() => decode({ 1: 'ONE' }, wrong)).toThrow('SOURCE_FAULT');
  });
});
