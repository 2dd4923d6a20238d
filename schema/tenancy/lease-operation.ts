import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Fen, LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 租赁运营管理 [GX-9.2.1(1)]. The first two are shown of contracts and the ledger; the others are recorded here. */
export enum LeaseOperationKind {
  SIGNING = 'SIGNING',
  RENT = 'RENT',
  REPAIR = 'REPAIR',
  PROPERTY_MANAGEMENT = 'PROPERTY_MANAGEMENT',
}
registerEnumType(LeaseOperationKind, {
  name: 'LeaseOperationKind',
  description: '租赁运营管理：签约、租金收取、维修养护、物业管理',
});

/** What was done with a dwelling. It says nothing of who lives there: of rent, only that some came. */
@ObjectType({ description: '租赁运营管理记录' })
@Entity()
export class LeaseOperation {
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) dwellingId!: string;
  @Field(() => LeaseOperationKind) @Property({ type: 'text' }) kind!: LeaseOperationKind;
  @Field(() => LocalDate) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '内容' }) @Property({ type: 'text' }) summary!: string;
  @Field({ description: '承办单位' }) @Property({ type: 'text' }) doneBy!: string;
  @Field(() => Fen, { nullable: true, description: '费用' })
  @Property(({ BigIntType }) => ({ type: new BigIntType('number'), nullable: true }))
  amountFen!: number | null;
  @Field(() => String, { nullable: true, description: '单据号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) recordedAt!: Date;
  @Property({ type: 'text' }) recordedBy!: string;
}
