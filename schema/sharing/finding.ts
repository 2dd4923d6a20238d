import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, Integer, LocalDate } from '../scalars';
import { Answer } from './answer';
import { PaperKind } from './paper-evidence';
import { Parameter } from './parameter';

/** CONTRADICTION: declared against found, for a person to settle. INCONCLUSIVE is never a pass. PASS_BY_EVIDENCE is no source's word. */
export enum Outcome {
  PASS = 'PASS',
  FAIL = 'FAIL',
  CONTRADICTION = 'CONTRADICTION',
  INCONCLUSIVE = 'INCONCLUSIVE',
  NOT_APPLICABLE = 'NOT_APPLICABLE',
  PASS_BY_EVIDENCE = 'PASS_BY_EVIDENCE',
  IN_DOUBT = 'IN_DOUBT',
  CONFLICT = 'CONFLICT',
}
registerEnumType(Outcome, {
  name: 'Outcome',
  description: '判定：通过、不通过、矛盾（待人工核实）、待核实、不适用、凭人工证据通过、存疑、来源不一致',
  valuesConfig: {
    PASS: { description: '通过' },
    FAIL: { description: '不通过' },
    CONTRADICTION: { description: '矛盾：申报与登记不符，待人工核实' },
    INCONCLUSIVE: { description: '待核实：缺少可据以判定的应答' },
    NOT_APPLICABLE: { description: '不适用' },
    PASS_BY_EVIDENCE: { description: '凭人工证据通过：由两名经办人凭文件认定，不是来源的应答' },
    IN_DOUBT: { description: '存疑：来源的记录有异议，已提出更正，更正前不据以判定' },
    CONFLICT: { description: '来源不一致：两个来源的记录不同，且没有生效的优先规则，待两来源核对' },
  },
});

/** What a verdict lacks, whom to ask and when again. */
@ObjectType({ description: '缺失的证据' })
export class Missing {
  @Field() source!: string;
  @Field(() => ID, { nullable: true }) personId!: string | null;
  @Field(() => String, { nullable: true }) status!: string | null;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => Instant, { nullable: true, description: '何时可再次询问' }) askAgainAt!: Date | string | null;
  @Field(() => String, { nullable: true, description: '缺少的授权书' }) letter!: string | null;
}

/** 人工证据 as the report was settled on it. */
@ObjectType({ description: '判定所凭的人工证据' })
export class FindingPaper {
  @Field(() => ID, { description: '人工证据编号' }) id!: string;
  @Field(() => ID, { nullable: true, description: '所涉成员；空为整户' }) personId!: string | null;
  @Field(() => PaperKind) documentKind!: PaperKind;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field({ description: '出具单位' }) issuedBy!: string;
  @Field(() => LocalDate, { description: '有效至（含当日）' }) validUntil!: string;
  @Field({ description: '提交人' }) addedBy!: string;
  @Field({ description: '确认人' }) confirmedBy!: string;
  @Field(() => Instant) confirmedAt!: Date | string;
}

/** One source's word on a fact of a member. */
@ObjectType({ description: '一个来源的记录' })
export class ConflictTold {
  @Field() source!: string;
  @Field(() => ID, { description: '应答编号' }) answerId!: string;
  @Field(() => String, { nullable: true, description: '记录的值；空为来源没有此项记录' }) value!: string | null;
  @Field(() => Instant, { description: '来源数据的时点' }) asOf!: Date | string;
}

/** 来源不一致: both words, and whose decides. The document of the rule of precedence stands among the finding's parameters. */
@ObjectType({ description: '来源之间不一致的事实' })
export class FindingConflict {
  @Field({ description: '事实' }) fact!: string;
  @Field(() => ID) personId!: string;
  @Field(() => [ConflictTold]) told!: ConflictTold[];
  @Field(() => String, { nullable: true, description: '依优先规则以何来源为准；空为没有生效的优先规则' })
  prevails!: string | null;
  @Field({ description: '优先规则的参数代码' }) precedence!: string;
}

/** 存疑 as the report was settled on it. What is on record stands in the finding itself. */
@ObjectType({ description: '判定所涉的存疑' })
export class FindingContest {
  @Field(() => ID, { description: '存疑编号' }) id!: string;
  @Field({ description: '由其更正的来源' }) source!: string;
  @Field(() => ID) personId!: string;
  @Field(() => ID, { nullable: true, description: '有异议的应答；空为本部门档案' }) answerId!: string | null;
  @Field(() => Outcome, { description: '依现有记录的判定' }) recorded!: Outcome;
  @Field({ description: '主张的事实' }) claimed!: string;
  @Field(() => LocalDate, { description: '向来源提出更正之日' }) filedOn!: string;
  @Field({ description: '提出人' }) contestedBy!: string;
  @Field(() => Instant) contestedAt!: Date | string;
}

/** 判定: one rule's verdict on one household, with what it saw, against what, and by which answers. */
@ObjectType({ description: '规则判定' })
export class Finding {
  @Field({ description: '规则编号' }) rule!: string;
  @Field() title!: string;
  @Field(() => Outcome) outcome!: Outcome;
  @Field({ description: '条款依据' }) citation!: string;
  @Field(() => Integer, { nullable: true }) observed!: number | null;
  @Field(() => Integer, { nullable: true }) threshold!: number | null;
  @Field(() => String, { nullable: true }) unit!: string | null;
  @Field() sentence!: string;
  @Field(() => [Answer]) evidence!: Answer[];
  @Field(() => [Missing]) missing!: Missing[];
  @Field(() => [Parameter], { nullable: true, description: '判定所用的政策参数及文号、出处；旧版报告没有' })
  parameters!: Parameter[] | null;
  @Field(() => [FindingPaper], { nullable: true, description: '人工证据，与来源应答分列；没有人工证据的报告为空' })
  paper!: FindingPaper[] | null;
  @Field(() => [FindingContest], { nullable: true, description: '存疑；没有人工证据和存疑的报告为空' })
  contest!: FindingContest[] | null;
  @Field(() => [FindingConflict], { nullable: true, description: '来源之间不一致的事实；两者都列出' })
  conflict!: FindingConflict[] | null;
}
