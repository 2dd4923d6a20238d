import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 骗取: concealed or forged to obtain it; 违规使用: lent, sublet, changed, left empty (公共租赁住房管理办法 35, 36). */
export enum BarGround {
  FRAUD = 'FRAUD',
  MISUSE = 'MISUSE',
}
registerEnumType(BarGround, { name: 'BarGround', description: '退回原因：骗取、违规使用' });

/** 违规名单: a member of a household that gave its security back after fraud or misuse; how long it bars is law (RR-18). */
@ObjectType({ description: '违规名单：骗取、违规使用后退回住房保障' })
@Entity()
export class ReapplyBar {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) personId!: string;
  @Field(() => BarGround) @Property({ type: 'text' }) ground!: BarGround;
  @Field(() => LocalDate, { description: '退回之日' }) @Property({ type: 'date' }) returnedOn!: string;
  @Field({ description: '处理决定文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => LocalDate, { nullable: true, description: '撤销之日' })
  @Property({ type: 'date', nullable: true })
  liftedOn!: string | null;
  @Field(() => String, { nullable: true, description: '撤销决定文号' })
  @Property({ type: 'text', nullable: true })
  liftingDocument!: string | null;
}
