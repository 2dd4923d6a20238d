/** What is compared, in the order in which it is explained. */
export const FIELDS = ['name', 'number', 'birthDate', 'sex', 'region'] as const;
export type Field = (typeof FIELDS)[number];

/** What a level is worth and how it is told. */
export interface Weight {
  /** How often two records of one person stand on this level. */
  readonly m: number;
  /** How often two records of two persons do. */
  readonly u: number;
  readonly says: string;
}

const NAME = {
  EXACT: { m: 0.785, u: 4e-4, says: '姓名写法完全相同' },
  SAME_FORM: { m: 0.05, u: 2e-5, says: '姓名仅全半角、空格或间隔号写法不同，为同一姓名' },
  VARIANT: { m: 0.05, u: 2e-5, says: '姓名仅繁简、异体或有无间隔号不同' },
  REORDERED: { m: 0.01, u: 1e-5, says: '姓名各部分相同，次序不同' },
  HOMOPHONE: { m: 0.05, u: 5e-4, says: '姓名逐字同音，用字不同' },
  NEAR_SOUND: { m: 0.01, u: 5e-4, says: '姓名逐字音近（平翘舌、前后鼻音、鼻边音），用字不同' },
  PART: { m: 0.01, u: 5e-4, says: '一方姓名是另一方姓名的一部分' },
  ONE_CHARACTER: { m: 0.02, u: 3e-3, says: '姓名仅一字不同、多一字或少一字' },
  ONE_OF_TWO: { m: 0.01, u: 1.5e-2, says: '两字姓名，仅首字相同' },
  OTHER: { m: 0.005, u: 0.98003, says: '姓名不同' },
} as const;

const NUMBER = {
  EQUAL: { m: 0.1, u: 1e-9, says: '公民身份号码相同' },
  ONE_DIGIT: { m: 0.3, u: 1.2e-8, says: '公民身份号码的行政区划或出生日期部分仅一位不同' },
  TRANSPOSED: { m: 0.1, u: 1e-9, says: '公民身份号码仅相邻两位颠倒' },
  SEQUENCE_DIGIT: { m: 0.15, u: 1e-7, says: '公民身份号码仅顺序码一位不同或相邻颠倒（同地同日出生者亦可能如此）' },
  SEQUENCE: { m: 0.13, u: 2e-7, says: '公民身份号码的行政区划和出生日期相同，顺序码不同' },
  TWO_DIGITS: { m: 0.07, u: 2e-7, says: '公民身份号码有两位不同' },
  BIRTH_DATE: { m: 0.12, u: 4e-5, says: '公民身份号码仅出生日期部分相同' },
  OTHER: { m: 0.03, u: 0.9999594, says: '公民身份号码不同' },
  UNKNOWN: { m: 1, u: 1, says: '至少一方没有公民身份号码，不计' },
} as const;

const BIRTH_DATE = {
  IN_NUMBER: { m: 1, u: 1, says: '出生日期已计入公民身份号码' },
  EQUAL: { m: 0.9, u: 4e-5, says: '出生日期相同' },
  SIMILAR: { m: 0.08, u: 1.2e-3, says: '出生日期仅一位不同或月日颠倒' },
  DIFFERENT: { m: 0.02, u: 0.99876, says: '出生日期不同' },
  UNKNOWN: { m: 1, u: 1, says: '至少一方没有出生日期，不计' },
} as const;

const SEX = {
  SAME: { m: 0.99, u: 0.5, says: '性别相同' },
  DIFFERENT: { m: 0.01, u: 0.5, says: '性别不同' },
  UNKNOWN: { m: 1, u: 1, says: '至少一方性别不明，不计' },
} as const;

const REGION = {
  /* u is that of relatives: who shares a file, a birthday and a surname is a twin; a file lists nobody twice. */
  ONE_HOUSEHOLD: { m: 0.005, u: 0.6, says: '同为一户家庭的在册成员，更可能是同户亲属' },
  COUNTY: { m: 0.6, u: 0.2, says: '登记在同一县（市、区、旗）' },
  PREFECTURE: { m: 0.2, u: 0.1, says: '登记在同一设区市（盟）' },
  PROVINCE: { m: 0.15, u: 0.2, says: '登记在同一自治区' },
  OTHER: { m: 0.05, u: 0.5, says: '登记在不同省级行政区' },
  UNKNOWN: { m: 1, u: 1, says: '至少一方登记地不明，不计' },
} as const;

/**
 * The weights (Fellegi and Sunter, 1969): a level counts log2(m/u) bits. The figures are set by hand from what the fields are: dates in
 * seventy years, digits of GB 11643, names in lists of a few thousand. They are never learned from anybody's records. Another figure is
 * another version; a match keeps the version that found it. Reasons: docs/decisions/0037.
 */
export const MODEL = {
  version: 1,
  weights: { name: NAME, number: NUMBER, birthDate: BIRTH_DATE, sex: SEX, region: REGION },
  /** Two records drawn blindly are of one person about once in 5·10^8. */
  priorBits: -29,
  /** From so many bits on a pair is almost certainly one person; from so many a person should look. */
  tiers: { AUTO: 6, REVIEW: -8.5 },
} as const;

export type NameLevel = keyof typeof NAME;
export type NumberLevel = keyof typeof NUMBER;
export type BirthDateLevel = keyof typeof BIRTH_DATE;
export type SexLevel = keyof typeof SEX;
export type RegionLevel = keyof typeof REGION;

/** On which level each field stands. */
export interface Levels {
  readonly name: NameLevel;
  readonly number: NumberLevel;
  readonly birthDate: BirthDateLevel;
  readonly sex: SexLevel;
  readonly region: RegionLevel;
}

export type Tier = 'AUTO' | 'REVIEW' | 'NONE';
