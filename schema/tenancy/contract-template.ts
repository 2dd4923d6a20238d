import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum ContractKind {
  LEASE = 'LEASE',
  SALE = 'SALE',
  SUBSIDY_AGREEMENT = 'SUBSIDY_AGREEMENT',
}
registerEnumType(ContractKind, {
  name: 'ContractKind',
  description: '合同种类：配租合同、配售合同、租赁补贴协议',
});

/** The first three must be there [IM-4.12, 4.13, 4.14]. */
export enum ClauseGroup {
  RIGHTS_DUTIES = 'RIGHTS_DUTIES',
  BREACH_LIABILITY = 'BREACH_LIABILITY',
  EXIT = 'EXIT',
  OTHER = 'OTHER',
}
registerEnumType(ClauseGroup, {
  name: 'ClauseGroup',
  description: '条款类别：权利和义务、违约责任、退出、其他',
});

@ObjectType({ description: '合同条款' })
export class ContractClause {
  @Field({ description: '条款编号，范本内唯一' }) id!: string;
  @Field(() => ClauseGroup) group!: ClauseGroup;
  @Field({ description: '条款内容' }) text!: string;
}

/** 合同范本 [IM-4.11]: a prefecture's version, one line of them a kind; bound to a contract when it is drawn, and never changed. */
@ObjectType({ description: '盟市统一制式的合同范本' })
@Entity()
export class ContractTemplate {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode, { description: '盟市' }) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ContractKind) @Property({ type: 'text' }) kind!: ContractKind;
  @Field(() => Int) @Property({ type: 'integer' }) version!: number;
  @Field() @Property({ type: 'text' }) title!: string;
  @Field({ description: '文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => [ContractClause]) @Property({ type: 'json' }) clauses!: ContractClause[];
  @Field(() => Instant)
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  publishedAt!: Date | string;
  @Field() @Property({ type: 'text' }) publishedBy!: string;
}
