import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Programme } from '../programme';
import { Fen, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum CaseKind {
  APPLICATION = 'APPLICATION',
  ANNUAL_REVIEW = 'ANNUAL_REVIEW',
  RE_CHECK = 'RE_CHECK',
}
registerEnumType(CaseKind, { name: 'CaseKind', description: '案件类别：申请、年审、复核' });

/** How a case was closed; its letters end with it. */
export enum CaseEnd {
  SETTLED = 'SETTLED',
  FAILED = 'FAILED',
  EXIT = 'EXIT',
}
registerEnumType(CaseEnd, { name: 'CaseEnd', description: '结案方式：办结、审核未通过、退出保障' });

/** 案件: what a purpose hangs on. An application will have one; a question dies when it is closed. */
@ObjectType({ description: '案件' })
@Entity({ tableName: 'housing_case' })
export class Case {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => CaseKind) @Property({ type: 'text' }) kind!: CaseKind;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Property({ type: 'uuid' }) applicantId!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) submittedOn!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) closedOn!: string | null;
  @Field(() => CaseEnd, { nullable: true }) @Property({ type: 'text', nullable: true }) closedAs!: CaseEnd | null;
  @Field(() => Fen, { nullable: true, description: '申报的家庭月收入' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  @Classified('assets', withheld)
  declaredIncomeFen!: number | null;
}
