import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** The five that the clause names. */
export enum DealingKind {
  TITLE_TRANSFER = 'TITLE_TRANSFER',
  LAND_TITLE_CHANGE = 'LAND_TITLE_CHANGE',
  TRADE = 'TRADE',
  LEASE_FILING = 'LEASE_FILING',
  AGENCY_LISTING = 'AGENCY_LISTING',
}
registerEnumType(DealingKind, {
  name: 'DealingKind',
  description: '涉及保障住房的业务：房屋权属转移登记、土地权属变更登记、房屋交易、租赁备案、中介挂牌',
});

export enum DealingAnswer {
  DEALING = 'DEALING',
  NONE = 'NONE',
  NO_ANSWER = 'NO_ANSWER',
}
registerEnumType(DealingAnswer, { name: 'DealingAnswer', description: '经办单位答复：有此业务、没有此业务、没有答复' });

/** 涉及保障住房的业务 [GX-9.2.1(5)]: what a body did with a dwelling, as it told or as it was found; nothing of who was party to it. */
@ObjectType({ description: '涉及保障住房的业务及经办单位的答复' })
@Entity()
export class DwellingDealing {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) dwellingId!: string;
  @Field(() => DealingKind) @Property({ type: 'text' }) kind!: DealingKind;
  @Field(() => DealingAnswer) @Property({ type: 'text' }) answer!: DealingAnswer;
  @Field({ description: '经办单位' }) @Property({ type: 'text' }) handlingBody!: string;
  @Field(() => LocalDate, { description: '业务之日；没有业务的为答复或询问之日' })
  @Property({ type: 'date' })
  onDay!: string;
  @Field(() => String, { nullable: true, description: '业务编号' })
  @Property({ type: 'text', nullable: true })
  documentNumber!: string | null;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) recordedAt!: Date;
  @Field({ description: '登记人' }) @Property({ type: 'text' }) recordedBy!: string;
}
