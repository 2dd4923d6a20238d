import { nameLevel } from './name-level';
import { birthDateLevel, numberLevel, sexLevel } from './number-level';
import { FIELDS, MODEL, type Field, type Levels, type RegionLevel, type Tier, type Weight } from './model';

/** One record of somebody; null is not known. */
export interface IdentityRecord {
  readonly name: string;
  /** In normal form. */
  readonly idNumber: string | null;
  readonly birthDate: string | null;
  readonly regionCode: string | null;
  /** Files in which it stands at the same time. */
  readonly households: readonly string[];
}

export interface Match {
  readonly levels: Levels;
  /** Bits for one person over two. */
  readonly score: number;
  readonly tier: Tier;
}

/** Compares two records. Says only how near they are: nothing is merged, whatever the tier. */
export function compare(one: IdentityRecord, other: IdentityRecord): Match {
  const number = numberLevel(one.idNumber, other.idNumber);
  const levels: Levels = {
    name: nameLevel(one.name, other.name),
    number,
    birthDate: birthDateLevel(one.birthDate, other.birthDate, number),
    sex: sexLevel(one.idNumber, other.idNumber),
    region: regionLevel(one, other),
  };
  const score = FIELDS.reduce<number>((bits, field) => bits + bitsOf(weightOf(levels, field)), MODEL.priorBits);
  return { levels, score: Math.round(score * 100) / 100, tier: tierOf(score) };
}

const tierOf = (score: number): Tier =>
  score >= MODEL.tiers.AUTO ? 'AUTO' : score >= MODEL.tiers.REVIEW ? 'REVIEW' : 'NONE';

function regionLevel(one: IdentityRecord, other: IdentityRecord): RegionLevel {
  if (one.households.some((id) => other.households.includes(id))) return 'ONE_HOUSEHOLD';
  const [a, b] = [one.regionCode, other.regionCode];
  if (a === null || b === null) return 'UNKNOWN';
  if (a.slice(0, 6) === b.slice(0, 6)) return 'COUNTY';
  if (a.slice(0, 4) === b.slice(0, 4)) return 'PREFECTURE';
  return a.slice(0, 2) === b.slice(0, 2) ? 'PROVINCE' : 'OTHER';
}

/** How many bits a level counts. */
export const bitsOf = ({ m, u }: Weight): number => Math.log2(m / u);

const weightOf = (levels: Levels, field: Field): Weight =>
  (MODEL.weights[field] as Readonly<Record<string, Weight>>)[levels[field]]!;

/** Each field's contribution as a sentence, then the sum; tells levels and bits, and never a value. */
export function explain({ levels, score, tier }: Match): string[] {
  const sentences = FIELDS.map((field) => {
    const weight = weightOf(levels, field);
    return `${weight.says}：${signed(bitsOf(weight))} 分。`;
  });
  const base = `起始分（任意两份记录属于同一人极为少见）：${signed(MODEL.priorBits)} 分。`;
  return [...sentences, base, `合计 ${signed(score)} 分：${CONCLUSIONS[tier]}`];
}

const signed = (bits: number): string => (bits >= 0 ? '+' : '−') + Math.abs(bits).toFixed(1);

const CONCLUSIONS: Readonly<Record<Tier, string>> = {
  AUTO: '几乎可以确定为同一人，仍须人工核实，系统不作合并。',
  REVIEW: '可能为同一人，须人工核实。',
  NONE: '不足以认为是同一人。',
};
