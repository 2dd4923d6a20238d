import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate } from '../scalars';
import { ApplicationState } from './application';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum DocumentKind {
  IDENTITY = 'IDENTITY',
  HUKOU = 'HUKOU',
  MARRIAGE = 'MARRIAGE',
  INCOME = 'INCOME',
  HOUSING = 'HOUSING',
  ASSETS = 'ASSETS',
  LETTER = 'LETTER',
  OTHER = 'OTHER',
  POPULATION = 'POPULATION',
  FAMILY_PLANNING = 'FAMILY_PLANNING',
  EMPLOYMENT = 'EMPLOYMENT',
  SERIOUS_ILLNESS = 'SERIOUS_ILLNESS',
  DISABILITY = 'DISABILITY',
}
registerEnumType(DocumentKind, {
  name: 'DocumentKind',
  description:
    '申请材料种类：身份证明、户口簿、婚姻状况证明、收入证明、住房状况证明、财产证明、授权书、其他、人口证明、计划生育证明、就业证明、重大疾病证明、残疾等级证明',
});

export enum DocumentScan {
  CLEAN = 'CLEAN',
  NOT_SCANNED = 'NOT_SCANNED',
}
registerEnumType(DocumentScan, {
  name: 'DocumentScan',
  description: '病毒扫描：收件时已扫描未发现病毒、未经扫描',
});
/** 户籍、人口、计划生育、住房、收入、就业、重大疾病、伤残等级 [GX-10.2.2]: whose issuer and check must be on record. */
export const EVIDENCE_KINDS: readonly DocumentKind[] = [
  ...[DocumentKind.HUKOU, DocumentKind.POPULATION, DocumentKind.FAMILY_PLANNING, DocumentKind.HOUSING],
  ...[DocumentKind.INCOME, DocumentKind.EMPLOYMENT, DocumentKind.SERIOUS_ILLNESS, DocumentKind.DISABILITY],
];

/** 核验结果: whether the source says what the document says. */
export enum DocumentCheck {
  CONFIRMED = 'CONFIRMED',
  CONTRADICTED = 'CONTRADICTED',
}
registerEnumType(DocumentCheck, { name: 'DocumentCheck', description: '核验结果：与来源一致、与来源矛盾' });

const { DRAFT, SUBMITTED, IN_REVIEW } = ApplicationState;
/** In which states of its application a document is handed in, and taken back. The database asks the same. */
export const HANDED_IN_WHILE: readonly ApplicationState[] = [DRAFT, SUBMITTED, IN_REVIEW];
export const TAKEN_BACK_WHILE: readonly ApplicationState[] = [DRAFT, SUBMITTED];

/** 申请材料: what was handed in with an application. Its bytes lie in the file store under its id, sealed under a key of its own. */
@ObjectType({ description: '申请材料' })
@Entity()
export class ApplicationDocument {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) applicationId!: string;
  /** Whose application it is; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => DocumentKind) @Property({ type: 'text' }) kind!: DocumentKind;
  @Field(() => String, { nullable: true, description: '材料名称，由提交人所起' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  name!: string;
  @Field({ description: '内容类型，按文件内容判定' }) @Property({ type: 'text' }) contentType!: string;
  @Field(() => Int, { description: '字节数' }) @Property({ type: 'integer' }) bytes!: number;
  @Field({ description: '文件内容的 SHA-256 校验值' }) @Property({ type: 'text' }) sha256!: string;
  @Field(() => DocumentScan, { description: '病毒扫描，收件之时' })
  @Property({ type: 'text', default: DocumentScan.NOT_SCANNED })
  scan!: DocumentScan;
  @Field(() => LocalDate, { description: '收件之日' }) @Property({ type: 'date' }) takenOn!: string;
  @Field({ description: '收件人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field(() => LocalDate, { nullable: true, description: '撤回之日' })
  @Property({ type: 'date', nullable: true })
  withdrawnOn!: string | null;
  @Field(() => String, { nullable: true, description: '撤回登记人' })
  @Property({ type: 'text', nullable: true })
  withdrawnBy!: string | null;
  @Field(() => String, { nullable: true, description: '撤回理由' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  withdrawalReason!: string | null;
  @Field(() => String, { nullable: true, description: '出具单位' })
  @Property({ type: 'text', nullable: true })
  issuedBy!: string | null;
  @Field(() => DocumentCheck, { nullable: true, description: '核验结果' })
  @Property({ type: 'text', nullable: true })
  checkResult!: DocumentCheck | null;
  @Field(() => String, { nullable: true, description: '据以核验的来源' })
  @Property({ type: 'text', nullable: true })
  checkedAgainst!: string | null;
  @Field(() => LocalDate, { nullable: true, description: '核验之日' })
  @Property({ type: 'date', nullable: true })
  checkedOn!: string | null;
  @Field(() => String, { nullable: true, description: '核验人' })
  @Property({ type: 'text', nullable: true })
  checkedBy!: string | null;
  @Property({ type: 'blob', lazy: true }) sealedKey!: Buffer;
  @Property({ type: 'text', lazy: true }) keyId!: string;
}
