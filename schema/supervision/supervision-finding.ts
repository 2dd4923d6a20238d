import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';

/** What supervision lists, each by the clause that asks for it: resolvers/housing/supervision/checks. */
export enum SupervisionKind {
  RECHECK_NOT_OPENED = 'RECHECK_NOT_OPENED',
  EVIDENCE_UNVERIFIED = 'EVIDENCE_UNVERIFIED',
  EVIDENCE_CONTRADICTED = 'EVIDENCE_CONTRADICTED',
  PETITION_NOT_IMPLEMENTED = 'PETITION_NOT_IMPLEMENTED',
  DEALING_FORBIDDEN = 'DEALING_FORBIDDEN',
  DEALING_UNKNOWN = 'DEALING_UNKNOWN',
  APPROVAL_NOT_PUBLISHED = 'APPROVAL_NOT_PUBLISHED',
  APPROVAL_WITHOUT_MEDIUM = 'APPROVAL_WITHOUT_MEDIUM',
  APPROVAL_LIMIT_UNKNOWN = 'APPROVAL_LIMIT_UNKNOWN',
}
registerEnumType(SupervisionKind, {
  name: 'SupervisionKind',
  description:
    '监管检查发现：变动后未按期复核、证明材料没有出具单位或核验结果、证明材料与来源矛盾、信访举报的决定没有落实、违规办理涉及保障住房的业务、涉及保障住房的业务待核实、审批结果未按期公布、审批结果的公布没有媒体、审批结果的公布期限不明',
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
  @Field(() => String, { nullable: true, description: '据以核对的来源' }) source!: string | null;
}
