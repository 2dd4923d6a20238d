import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** domain.md §5.2. */
export enum ObjectionState {
  FILED = 'FILED',
  NOT_ESTABLISHED = 'NOT_ESTABLISHED',
  ESTABLISHED = 'ESTABLISHED',
  WITHDRAWN = 'WITHDRAWN',
}
registerEnumType(ObjectionState, {
  name: 'ObjectionState',
  description: '异议状态：待核实、不成立、成立、异议人撤回',
});

/** 公示异议: freezes the application's way until it is answered. Who objected is not kept with it. */
@ObjectType({ description: '公示异议' })
@Entity()
export class Objection {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) applicationId!: string;
  @Property({ type: 'uuid' }) publicityId!: string;
  /** Whom it speaks of; the column is the case's. */
  @Field(() => ID, { nullable: true, description: '所涉申请人' }) personId?: string | null;
  @Field(() => LocalDate) @Property({ type: 'date' }) filedOn!: string;
  @Field(() => String, { nullable: true, description: '异议内容' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  statement!: string;
  @Field({ description: '登记人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field(() => ObjectionState) @Property({ type: 'text' }) state!: ObjectionState;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) answeredOn!: string | null;
  @Field(() => String, { nullable: true, description: '核实答复人' })
  @Property({ type: 'text', nullable: true })
  answeredBy!: string | null;
  @Field(() => String, { nullable: true, description: '核实情况与答复' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  answer!: string | null;
}
