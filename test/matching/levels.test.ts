import { BLOCKS, blocksOf } from '../../src/matching/blocks';
import { compare, explain, bitsOf, type IdentityRecord } from '../../src/matching/match';
import { FIELDS, MODEL, type Weight } from '../../src/matching/model';
import { nameLevel } from '../../src/matching/name-level';
import { birthDateLevel, numberLevel, sexLevel } from '../../src/matching/number-level';
import { runSeed } from '../support/seed';
import { idNumberOf } from '../server/support/people';
import { labelledPairs } from './support/pairs';

/** By hand, from dictionaries of characters and readings. */
const NAMES: readonly (readonly [one: string, other: string, level: string])[] = [
  ['王建国', '王建国', 'EXACT'],
  ['王建国', '王 建国', 'SAME_FORM'],
  ['王建国', '王　建　国', 'SAME_FORM'],
  ['巴图·苏和', '巴图•苏和', 'SAME_FORM'],
  ['巴图·苏和', '巴图．苏和', 'SAME_FORM'],
  ['ＡＢＵ·苏和', 'abu·苏和', 'SAME_FORM'],
  ['刘伟', '劉偉', 'VARIANT'],
  ['陈国华', '陳國華', 'VARIANT'],
  ['李喆', '李哲', 'VARIANT'],
  ['高堃', '高坤', 'VARIANT'],
  ['张䶮', '張龑', 'VARIANT'],
  ['李𬭎', '李鋐', 'VARIANT'],
  ['峯', '峰', 'VARIANT'],
  ['巴图·苏和', '巴图苏和', 'VARIANT'],
  ['巴图·苏和', '苏和·巴图', 'REORDERED'],
  ['巴图·苏和', '蘇和 巴圖', 'REORDERED'],
  ['阿不都·热西提·吐尔逊', '吐尔逊·阿不都·热西提', 'REORDERED'],
  ['王伟', '王玮', 'HOMOPHONE'],
  ['李静', '李婧', 'HOMOPHONE'],
  ['萧红', '肖红', 'HOMOPHONE'],
  ['单丽', '善丽', 'HOMOPHONE'], // 单 as a surname is read shàn
  ['覃芳', '谭芳', 'HOMOPHONE'], // and 覃 tán
  ['陈林', '程林', 'NEAR_SOUND'],
  ['刘诗雨', '牛思雨', 'NEAR_SOUND'],
  ['巴图·苏和', '苏和', 'PART'],
  ['王建国', '王建斌', 'ONE_CHARACTER'],
  ['王建国', '王国', 'ONE_CHARACTER'],
  ['欧阳春', '欧阳春晓', 'ONE_CHARACTER'],
  ['𠅤明玉', '𬱖明玉', 'ONE_CHARACTER'],
  ['王伟', '王芳', 'ONE_OF_TWO'],
  ['王芳', '赵芳', 'OTHER'],
  ['王建国', '王淑芬', 'OTHER'],
  ['王', '王建', 'OTHER'],
  ['·', '·', 'EXACT_OR_OTHER'],
  ['𠅤', '𬱖', 'OTHER'],
];

describe('two names', () => {
  it.each(NAMES)('%s and %s agree as %s, whichever comes first', (one, other, level) => {
    const levels = [nameLevel(one, other), nameLevel(other, one)];
    if (level === 'EXACT_OR_OTHER') expect(levels).toEqual(['OTHER', 'OTHER']);
    else expect(levels).toEqual([level, level]);
  });
});

const NUMBER = '15040219850307121';
const checked = (first17: string) =>
  idNumberOf(
    first17.slice(0, 6),
    `${first17.slice(6, 10)}-${first17.slice(10, 12)}-${first17.slice(12, 14)}`,
    Number(first17.slice(14)),
  );

describe('two citizen numbers', () => {
  it.each([
    [NUMBER, NUMBER, 'EQUAL'],
    [NUMBER, '15040319850307121', 'ONE_DIGIT'],
    [NUMBER, '15040219860307121', 'ONE_DIGIT'],
    [NUMBER, '15042019850307121', 'TRANSPOSED'],
    [NUMBER, '15040219580307121', 'TRANSPOSED'],
    [NUMBER, '15040219850301721', 'TRANSPOSED'], // over the border of day and sequence
    [NUMBER, '15040219850307123', 'SEQUENCE_DIGIT'],
    [NUMBER, '15040219850307211', 'SEQUENCE_DIGIT'], // turned, but siblings of one day are numbered so
    [NUMBER, '15040219850307456', 'SEQUENCE'],
    [NUMBER, '15040319860307121', 'TWO_DIGITS'],
    [NUMBER, '45010219850307987', 'BIRTH_DATE'],
    [NUMBER, '45010219910307987', 'OTHER'],
  ])('%s and %s agree as %s', (one, other, level) => {
    expect(numberLevel(checked(one), checked(other))).toBe(level);
    expect(numberLevel(checked(other), checked(one))).toBe(level);
    expect(numberLevel(null, checked(one))).toBe('UNKNOWN');
  });

  it('tell the sex, and the birthday where they differ otherwise', () => {
    expect([
      sexLevel(checked(NUMBER), checked('15040219850307123')),
      sexLevel(checked(NUMBER), checked('15040219850307122')),
    ]).toEqual(['SAME', 'DIFFERENT']);
    expect(birthDateLevel('1985-03-07', '1985-03-07', 'ONE_DIGIT')).toBe('IN_NUMBER');
    expect(birthDateLevel('1985-03-07', '1985-03-07', 'UNKNOWN')).toBe('EQUAL');
    expect(birthDateLevel('1985-03-07', '1985-07-03', 'OTHER')).toBe('SIMILAR');
    expect(birthDateLevel('1985-03-07', '1986-03-07', 'OTHER')).toBe('SIMILAR');
    expect(birthDateLevel('1985-03-07', '1991-03-08', 'OTHER')).toBe('DIFFERENT');
    expect(birthDateLevel('1985-03-07', null, 'UNKNOWN')).toBe('UNKNOWN');
  });
});

describe('the table of weights', () => {
  it.each(FIELDS.map((field) => [field, Object.entries<Weight>(MODEL.weights[field])] as const))(
    'has for %s chances of one person that make a whole, and words for each level',
    (_field, levels) => {
      const told = levels.filter(([level]) => !/^(UNKNOWN|IN_NUMBER)$/.test(level));
      const sum = told.reduce((chance, [, { m }]) => chance + m, 0);
      expect(Math.abs(sum - 1)).toBeLessThan(0.006); // ONE_HOUSEHOLD stands beside the places
      for (const [level, { m, u, says }] of levels) {
        expect([level, m > 0 && m <= 1 && u > 0 && u <= 1]).toEqual([level, true]);
        expect(says).toMatch(/^\p{Script=Han}/u);
      }
    },
  );

  it('counts nothing for what is not known', () => {
    for (const field of FIELDS)
      for (const [level, weight] of Object.entries<Weight>(MODEL.weights[field]))
        if (/^(UNKNOWN|IN_NUMBER)$/.test(level)) expect([field, level, bitsOf(weight)]).toEqual([field, level, 0]);
  });
});

const record = (name: string, idNumber: string | null, more: Partial<IdentityRecord> = {}): IdentityRecord => ({
  ...{ name, idNumber, birthDate: null, regionCode: '150402', households: [] },
  ...more,
});

describe('a comparison', () => {
  const pairs = [...labelledPairs(runSeed(), 500)].map(({ records }) => records);

  it('is the same whichever record comes first', () => {
    for (const [one, other] of pairs) expect(compare(other, one)).toEqual(compare(one, other));
  });

  it('is explained field by field: the contributions make the score, and no value is told', () => {
    for (const [one, other] of pairs) {
      const match = compare(one, other);
      const told = explain(match);
      const bits = told.map((line) => Number(/：([+−][\d.]+) 分/.exec(line)?.[1]?.replace('−', '-')));
      const sum = bits.slice(0, -1).reduce((all, each) => all + each, 0);
      expect(told).toHaveLength(FIELDS.length + 2);
      expect(Math.abs(sum - match.score)).toBeLessThan(0.5); // each is rounded
      const text = told.join('\n');
      for (const { name, idNumber } of [one, other])
        expect([text.includes(name), text.includes(idNumber!), text.includes(idNumber!.slice(6, 14))]).toEqual([
          false,
          false,
          false,
        ]);
    }
  });

  it('of one name under a number with one wrong digit is almost certain; nothing says that it is one person', () => {
    const match = compare(record('王建国', checked(NUMBER)), record('王建國', checked('15040319850307121')));
    expect(match).toMatchObject({ tier: 'AUTO', levels: { name: 'VARIANT', number: 'ONE_DIGIT' } });
    expect(explain(match).at(-1)).toMatch(/仍须人工核实，系统不作合并/);
  });

  it('leaves twins of one file alone, and asks about twins of two', () => {
    const [one, other] = [checked('15040219850307121'), checked('15040219850307123')];
    const home = { households: ['a'] };
    expect(compare(record('王大明', one, home), record('王小明', other, home)).tier).toBe('NONE');
    expect(compare(record('王大明', one, home), record('王小明', other, { households: ['b'] })).tier).toBe('REVIEW');
  });

  it('works without numbers, for a name declared elsewhere: never more than a matter for a person', () => {
    const born = { birthDate: '1985-03-07' };
    const match = compare(record('王建国', null, born), record('王建国', checked(NUMBER), born));
    expect(match.levels).toMatchObject({ number: 'UNKNOWN', birthDate: 'EQUAL', sex: 'UNKNOWN' });
    expect(match.tier).toBe('REVIEW');
  });
});

describe('the texts under which persons are laid beside each other', () => {
  /* Beside 王伟, born in 150402 on 1985-03-07 with sequence 121: what a slip, or several, have left. */
  it.each([
    ['the sound of the name and the birthday', '王玮', '45010219850307987'],
    ['division and birthday', '其其格', '15040219850307987'],
    ['birthday and sequence', '其其格', '45010219850307121'],
    ['the sound of the surname, division and sequence', '王建国', '15040219910412121'],
    ['the sound of the name, division and year', '王玮', '15040219850412987'],
    ['the sound of the name, division and day', '王玮', '15040219910307987'],
    ['the sound of the name, year and sequence', '王玮', '45010219850412121'],
    ['the sound of the name, day and sequence', '王玮', '45010219910307121'],
  ])('share one where %s are left', (_what, name, first17) => {
    const known = blocksOf({ name: '王伟', idNumber: checked(NUMBER) });
    const shared = blocksOf({ name, idNumber: checked(first17) }).filter((text) => known.includes(text));
    expect([known.length, shared.length]).toEqual([BLOCKS, 1]);
  });

  it('share none where too little is left', () => {
    const known = blocksOf({ name: '王伟', idNumber: checked(NUMBER) });
    for (const [name, first17] of [
      ['王伟', '45010219910412987'],
      ['其其格', '15040219910412987'],
    ] as const)
      expect(blocksOf({ name, idNumber: checked(first17) }).filter((text) => known.includes(text))).toEqual([]);
  });
});
