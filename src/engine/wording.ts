import type { Matter, Missing, MissingStatus } from './matter';

/* Words that several rules use in their sentences. Exact: a number is never rounded to look better than its limit. */

/** 158765 → '15.8765 平方米'. */
export const squareMetres = (cm2: number | null): string => (cm2 === null ? '未知面积' : `${decimal(cm2, 4)} 平方米`);

/** 150050 → '1500.5 元'. */
export const yuan = (fen: number | null): string => (fen === null ? '未知金额' : `${decimal(fen, 2)} 元`);

/** 1000 → '10%'. */
export const percent = (bp: number | null): string => (bp === null ? '未知比例' : `${decimal(bp, 2)}%`);

function decimal(whole: number, digits: number): string {
  const text = String(Math.abs(whole)).padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  return `${whole < 0 ? '-' : ''}${text.slice(0, -digits)}${fraction ? `.${fraction}` : ''}`;
}

const STATUS_WORDS: Readonly<Record<MissingStatus, string>> = {
  NO_LETTER: '无授权书不得查询',
  NOT_ASKED: '尚未询问',
  BEING_ASKED: '询问正在送达',
  STALE: '应答已过期',
  NOT_FOUND: '查无记录但来源未声明覆盖',
  PENDING: '待来源答复',
  UNAVAILABLE: '来源暂不可用',
  REFUSED: '来源拒绝答复',
  AMBIGUOUS: '身份存在歧义',
  CONFLICT: '来源之间不一致',
  IN_DOUBT: '来源正在核查该记录',
};

/** '车管部门对 2 名成员的应答尚不可用（来源暂不可用 2 人），可于 2026-11-23 再询'. */
export function lacking(agency: string, { missing }: Matter): string {
  if (missing.length === 0) return `${agency}的应答缺少判断所需的事项`;
  const counts = new Map<string, number>();
  for (const { status } of missing) counts.set(STATUS_WORDS[status], (counts.get(STATUS_WORDS[status]) ?? 0) + 1);
  const whom = missing.every(({ applicant }) => applicant) ? '申请人' : ` ${missing.length} 名成员`;
  const reasons = [...counts].map(([words, persons]) => `${words} ${persons} 人`).join('、');
  const again = askAgainOn(missing);
  return `${agency}对${whom}的应答尚不可用（${reasons}）${again ? `，可于 ${again} 再询` : ''}`;
}

const BEIJING_OFFSET_MS = 8 * 3_600_000;

/** The day, in Beijing time, from which every answer that has a date may be asked for again. */
function askAgainOn(missing: readonly Missing[]): string | null {
  const instants = missing.map(({ dueAt, retryAt }) => dueAt ?? retryAt).filter((instant) => instant !== null);
  if (instants.length === 0) return null;
  return new Date(Math.max(...instants.map(Number)) + BEIJING_OFFSET_MS).toISOString().slice(0, 10);
}
