import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { HubError } from '../src/errors';

/** cm² of one m²: areas are kept as whole cm² and shown in m². */
export const CM2_PER_M2 = 10_000;

const refuse = (scalar: string, want: string): never => {
  throw new HubError('INVALID_INPUT', scalar, want);
};

/** A scalar whose literals are read by the same rule as its variables. */
function scalar<Inner, Outer>(
  name: string,
  description: string,
  serialize: (value: unknown) => Outer,
  parseValue: (value: unknown) => Inner,
): GraphQLScalarType<Inner, Outer> {
  return new GraphQLScalarType({
    name,
    description,
    serialize,
    parseValue,
    parseLiteral: (node) => parseValue(literal(node)),
  });
}

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value);
  return node.kind === Kind.STRING ? node.value : undefined;
}

const whole = (name: string) => (value: unknown) =>
  Number.isSafeInteger(value) ? (value as number) : refuse(name, '须为整数，绝对值小于 2^53');

/** 整数 beyond 32 bits, where the unit stands beside it. */
export const Integer = scalar('Integer', '整数（可超过 32 位），单位见同级字段', whole('Integer'), whole('Integer'));

/** 金额, in whole fen; beyond 32 bits. */
export const Fen = scalar('Fen', '金额，单位：分（整数，可超过 32 位）', whole('Fen'), whole('Fen'));

function cm2Of(value: unknown): number {
  const cm2 = typeof value === 'number' ? Math.round(value * CM2_PER_M2) : NaN;
  return Number.isSafeInteger(cm2) && cm2 >= 0 ? cm2 : refuse('SquareMetres', '面积须为非负数，单位平方米');
}

/** 面积: whole cm² inside, m² outside. Stands beside a field that names its kind (gross or usable). */
export const SquareMetres = scalar(
  'SquareMetres',
  '面积，单位：平方米；口径（建筑/使用）见同级字段',
  (cm2) => (cm2 as number) / CM2_PER_M2,
  cm2Of,
);

/** Can the text be a code of ours (purpose, parameter, source)? Then it is fit for a statement's parameter, too. */
export const isCode = (text: string): boolean => /^[\w.-]{1,64}$/.test(text);

/** Days 1 to 28: no calendar needs to be asked, and lists hold many. */
const IN_EVERY_MONTH = /-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/;

/** Is the text a day of the calendar, 'YYYY-MM-DD'? */
export function isDate(text: unknown): text is string {
  if (typeof text !== 'string' || !/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  if (IN_EVERY_MONTH.test(text)) return true;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const day = (value: unknown): string => (isDate(value) ? value : refuse('Date', "日期须为 'YYYY-MM-DD'"));

/** 日期 'YYYY-MM-DD', without a clock or a zone. */
export const LocalDate = scalar('Date', '日期 YYYY-MM-DD', day, day);

function instant(value: unknown): Date {
  const at = value instanceof Date ? value : new Date(typeof value === 'string' ? value : NaN);
  return Number.isNaN(at.getTime()) ? refuse('DateTime', '时刻须为 ISO 8601 格式') : at;
}

/** 时刻, UTC, ISO 8601. */
export const Instant = scalar('DateTime', '时刻，UTC，ISO 8601', (value) => instant(value).toISOString(), instant);

function regionCode(value: unknown): string {
  const written = typeof value === 'string' && /^\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?$/.test(value);
  return written ? (value as string) : refuse('RegionCode', "行政区划代码须为不补零的文本，如 '15'、'1504'、'150402'");
}

/** 行政区划代码 of the GB/T 2260 family, unpadded: 2, 4, 6, 9 or 12 digits. */
export const RegionCode = scalar('RegionCode', '行政区划代码（GB/T 2260 系列，不补零）', regionCode, regionCode);

/** All of them, for a schema built from its text alone. */
export const scalars = [Integer, Fen, SquareMetres, LocalDate, Instant, RegionCode] as const;
