import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';

/** What supervision lists, each by the clause that asks for it: resolvers/housing/supervision/checks. */
export enum SupervisionKind {
  RECHECK_NOT_OPENED = 'RECHECK_NOT_OPENED',
  RECHECK_LIMIT_UNKNOWN = 'RECHECK_LIMIT_UNKNOWN',
  EVIDENCE_UNVERIFIED = 'EVIDENCE_UNVERIFIED',
  EVIDENCE_CONTRADICTED = 'EVIDENCE_CONTRADICTED',
  PETITION_NOT_IMPLEMENTED = 'PETITION_NOT_IMPLEMENTED',
  DEALING_FORBIDDEN = 'DEALING_FORBIDDEN',
  DEALING_LIMIT_UNKNOWN = 'DEALING_LIMIT_UNKNOWN',
  DEALING_UNKNOWN = 'DEALING_UNKNOWN',
  APPROVAL_NOT_PUBLISHED = 'APPROVAL_NOT_PUBLISHED',
  APPROVAL_WITHOUT_MEDIUM = 'APPROVAL_WITHOUT_MEDIUM',
  APPROVAL_LIMIT_UNKNOWN = 'APPROVAL_LIMIT_UNKNOWN',
  NOTICE_LIMIT_UNKNOWN = 'NOTICE_LIMIT_UNKNOWN',
}
registerEnumType(SupervisionKind, {
  name: 'SupervisionKind',
  description: '监管检查发现',
  valuesConfig: {
    RECHECK_NOT_OPENED: { description: '变动后未按期复核' },
    RECHECK_LIMIT_UNKNOWN: { description: '变动后的复核期限不明：未登记复核期限或节假日安排，请登记参数' },
    EVIDENCE_UNVERIFIED: { description: '证明材料没有出具单位或核验结果' },
    EVIDENCE_CONTRADICTED: { description: '证明材料与来源矛盾' },
    PETITION_NOT_IMPLEMENTED: { description: '信访举报的决定没有落实' },
    DEALING_FORBIDDEN: { description: '违规办理涉及保障住房的业务' },
    DEALING_LIMIT_UNKNOWN: { description: '已售保障住房的业务，限制年限不明：未登记限制年限，请登记参数' },
    DEALING_UNKNOWN: { description: '涉及保障住房的业务待核实' },
    APPROVAL_NOT_PUBLISHED: { description: '审批结果未按期公布' },
    APPROVAL_WITHOUT_MEDIUM: { description: '审批结果的公布没有媒体' },
    APPROVAL_LIMIT_UNKNOWN: { description: '审批结果的公布期限不明：未登记公布期限或节假日安排，请登记参数' },
    NOTICE_LIMIT_UNKNOWN: { description: '告知期限不明：未登记告知或书面送达的期限，请登记参数' },
  },
});

/** 监管检查发现: as the records stand today; it goes when what is lacking is there. It tells nothing of a person. */
@ObjectType({ description: '监管检查发现，以今日为准' })
export class SupervisionFinding {
  @Field(() => SupervisionKind) finding!: SupervisionKind;
  @Field({ description: '依据条款' }) clause!: string;
  @Field(() => RegionCode) regionCode!: string;
  @Field(() => ID, { description: '所涉记录' }) recordId!: string;
  @Field(() => LocalDate, { description: '应办结之日或记录之日' }) since!: string;
  @Field(() => String, { nullable: true, description: '出具或经办单位' }) body!: string | null;
  @Field(() => String, { nullable: true, description: '据以核对的来源、业务的种类，或所缺的参数' }) source!:
    | string
    | null;
}
