import {
  applicant,
  child,
  civil,
  cleanFamily,
  fund,
  notFound,
  police,
  property,
  spouse,
  vehicle,
} from '../engine/world/families';
import { spouseNumber, type AnswerPlan, type HouseholdPlan, type MemberPlan, type Source } from '../engine/world/plan';

/* From the words of a case, as a lawyer writes them, to rows. Money is in yuan there and area in square metres. */

type Facts = Record<string, unknown>;
export interface WrittenMember {
  关系: '申请人' | '配偶' | '子女' | '父母' | '其他';
  出生?: string;
  登记姓名?: string;
  申报姓名?: string;
  退出日?: string;
  签名?: '本人' | '监护人' | '无';
  产权?: string | { 面积: number; 登记?: string };
  车辆?: string | { 价格?: number; 无价格?: number; 初次登记?: string };
  公积金?: string | { 月缴存: number; 比例?: number };
  民政?: string | Facts;
  户籍?: string | Facts;
  入户日?: string;
}
export interface WrittenHousehold {
  地区?: string;
  类别?: '申请' | '年审' | '复核';
  保障方式?: '廉租住房' | '公共租赁住房';
  申请日?: string;
  申报月收入?: number | '未申报';
  授权书?: '无' | { 签署?: string; 有效至?: string; 终止?: string };
  注销日?: string;
  成员?: WrittenMember[];
  /** Days on which earlier annual reviews were closed. */
  上次年审?: string[];
  /** 骗取、违规退回: 成员 counts from 1. */
  违规退回?: { 成员?: number; 退回日: string; 撤销日?: string }[];
  /** 线索与巡查结果. */
  巡查?: {
    情形: keyof typeof MISUSE;
    起: string;
    巡查日?: string;
    结果?: keyof typeof RESULT;
  }[];
  在享保障?: { 方式?: '廉租住房' | '公共租赁住房' | '租赁补贴'; 起?: string; 止?: string }[];
}

const PROGRAMME = { 廉租住房: 'LOW_RENT', 公共租赁住房: 'PUBLIC_RENTAL', 租赁补贴: 'RENTAL_SUBSIDY' } as const;
const KIND = { 申请: 'APPLICATION', 年审: 'ANNUAL_REVIEW', 复核: 'RE_CHECK' } as const;
const RELATION = {
  申请人: applicant,
  配偶: spouse,
  子女: child,
  父母: { ...applicant, relation: 'PARENT' },
  其他: { ...applicant, relation: 'OTHER' },
} as const;
const MISUSE = { 转租: 'SUBLET', 转借: 'LENT', 改变用途: 'CHANGE_OF_USE', 空置: 'VACANT' } as const;
const RESULT = { 属实: 'CONFIRMED', 不属实: 'FALSE_ALARM', 有正当理由: 'EXCUSED' } as const;
const SIGNATURE = { 本人: 'SELF', 监护人: 'GUARDIAN', 无: null } as const;
const MARRIAGE = { 未婚: 'UNMARRIED', 已婚: 'MARRIED', 丧偶: 'WIDOWED', 离婚: 'DIVORCED', 未说明: 'NOT_STATED' };
const ALLOWANCE = { 无: 'NONE', 低保: 'SUBSISTENCE', 特困: 'EXTREME_POVERTY', 低保边缘: 'MARGINAL' };

/** Answers that may not decide, and the covered "no record" that may. */
const NO_ANSWER: Readonly<Record<string, AnswerPlan | undefined>> = {
  查无: notFound,
  查无且未声明覆盖: { ...notFound, covered: false },
  未询问: undefined,
  待答复: { status: 'PENDING', dueAt: new Date('2026-12-01T01:00:00Z') },
  不可用: { status: 'UNAVAILABLE', retryAt: new Date('2026-11-23T01:00:00Z') },
  拒绝: { status: 'REFUSED' },
  身份歧义: { status: 'AMBIGUOUS' },
  存疑: { status: 'IN_DOUBT' },
};

const fen = (yuan: number) => Math.round(yuan * 100);
const cm2 = (squareMetres: number) => Math.round(squareMetres * 10_000);

function answer<Written extends object>(
  written: string | Written | undefined,
  found: (facts: Written) => AnswerPlan,
  usual?: AnswerPlan,
) {
  if (written === undefined) return usual;
  if (typeof written === 'object') return found(written);
  if (written === '已过期' && usual) return { ...usual, ageInDays: 31 };
  if (!(written in NO_ANSWER)) throw new Error(`unknown answer: ${written}`);
  return NO_ANSWER[written];
}

function civilAnswer(written: Facts): AnswerPlan {
  const spouses: Record<string, unknown> = { 配偶: spouseNumber(1), 外人: spouseNumber('STRANGER') };
  return civil({
    ...('婚姻' in written
      ? { marriageStatus: MARRIAGE[written.婚姻 as keyof typeof MARRIAGE], spouseIdNumber: null }
      : {}),
    ...('登记配偶' in written ? { spouseIdNumber: spouses[written.登记配偶 as string] } : {}),
    ...('死亡日' in written ? { deceasedOn: written.死亡日 } : {}),
    ...('救助' in written ? { allowanceClass: ALLOWANCE[written.救助 as keyof typeof ALLOWANCE] } : {}),
    ...('救助至' in written ? { allowanceValidUntil: written.救助至 } : {}),
    ...('人均月收入' in written
      ? { perHeadMonthlyFen: written.人均月收入 === '无认定' ? null : fen(written.人均月收入 as number) }
      : {}),
    ...('认定至' in written ? { determinationValidUntil: written.认定至 === '无认定' ? null : written.认定至 } : {}),
  });
}

const NAME_MATCH = { 一致: 'EXACT', 写法不同: 'SPELLING', 曾用名: 'FORMER' };

function policeAnswer(written: Facts): AnswerPlan {
  const facts: Facts = {};
  if ('姓名' in written) facts.nameMatch = NAME_MATCH[written.姓名 as keyof typeof NAME_MATCH];
  if ('户籍地' in written) facts.hukouPlace = written.户籍地;
  if ('落户' in written) facts.hukouSince = written.落户;
  if ('死亡日' in written) facts.deceasedOn = written.死亡日;
  if ('注销日' in written) facts.cancelledOn = written.注销日;
  if ('未成年子女' in written) facts.minorChildren = written.未成年子女;
  return police(facts);
}

function member(written: WrittenMember): MemberPlan {
  const usual: MemberPlan = RELATION[written.关系];
  const answers: Partial<Record<Source, AnswerPlan | undefined>> = {
    property: answer(written.产权, ({ 面积, 登记 }) => property(cm2(面积), 登记), usual.answers.property),
    vehicle: answer(
      written.车辆,
      ({ 价格, 无价格, 初次登记 }) => vehicle(价格 === undefined ? null : fen(价格), 无价格, 初次登记),
      usual.answers.vehicle,
    ),
    'provident-fund': answer(
      written.公积金,
      ({ 月缴存, 比例 }) => fund(fen(月缴存), (比例 ?? 10) * 100),
      usual.answers['provident-fund'],
    ),
    'civil-affairs': answer(written.民政, civilAnswer, usual.answers['civil-affairs']),
    police: answer(written.户籍, policeAnswer, usual.answers.police),
  };
  const name = written.登记姓名 ?? usual.name;
  return {
    ...usual,
    name,
    declaredName: written.申报姓名 ?? name,
    birthDate: written.出生 ?? usual.birthDate,
    from: written.入户日,
    to: written.退出日 ?? null,
    signature: written.签名 ? SIGNATURE[written.签名] : usual.signature,
    answers: answers as MemberPlan['answers'],
  };
}

/** The household of a case; what the case does not say is that of a clean family. */
export function householdOf(written: WrittenHousehold): HouseholdPlan {
  const declared = written.申报月收入;
  const letter = typeof written.授权书 === 'object' ? written.授权书 : {};
  return {
    ...cleanFamily,
    regionCode: written.地区 ?? cleanFamily.regionCode,
    kind: KIND[written.类别 ?? '申请'],
    programme: PROGRAMME[written.保障方式 ?? '廉租住房'],
    submittedOn: written.申请日 ?? cleanFamily.submittedOn,
    declaredIncomeFen:
      declared === '未申报' ? null : declared === undefined ? cleanFamily.declaredIncomeFen : fen(declared),
    closedOn: written.注销日 ?? null,
    letter:
      written.授权书 === '无'
        ? null
        : {
            signedOn: letter.签署 ?? '2026-10-08',
            validUntil: letter.有效至 ?? '2027-10-07',
            endedOn: letter.终止 ?? null,
          },
    members: written.成员 ? written.成员.map(member) : cleanFamily.members,
    reviewedOn: written.上次年审,
    bars: (written.违规退回 ?? []).map(({ 成员, 退回日, 撤销日 }) => ({
      member: (成员 ?? 1) - 1,
      returnedOn: 退回日,
      liftedOn: 撤销日 ?? null,
    })),
    inspections: (written.巡查 ?? []).map(({ 情形, 起, 巡查日, 结果 }) => ({
      kind: MISUSE[情形],
      seenFrom: 起,
      inspectedOn: 巡查日 ?? null,
      state: 结果 ? RESULT[结果] : 'OPEN',
    })),
    entitlements: (written.在享保障 ?? []).map(({ 方式, 起, 止 }) => ({
      programme: PROGRAMME[方式 ?? '公共租赁住房'],
      since: 起 ?? '2022-01-01',
      until: 止 ?? null,
    })),
  };
}
