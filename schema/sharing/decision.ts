import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** Nothing else decides: no report, no deadline and no job approves or refuses anything. */
export enum Verdict {
  APPROVE = 'APPROVE',
  REFUSE = 'REFUSE',
}
registerEnumType(Verdict, { name: 'Verdict', description: '审核决定：批准、不予批准' });

/** 审核决定: what a named officer decided on a report, and why; it dies with a newer report. */
@ObjectType({ description: '审核决定' })
@Entity()
export class Decision {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => ID) @Property({ type: 'uuid' }) caseId!: string;
  /** Whom the reason speaks of; the column is the case's. */
  @Field(() => ID, { description: '所涉申请人' }) personId?: string;
  @Field(() => Verdict) @Property({ type: 'text' }) verdict!: Verdict;
  @Field(() => String, { nullable: true, description: '书面理由' })
  @Property({ type: 'text' })
  @Classified('personal', withheld)
  reason!: string;
  @Field(() => String, { description: '所依据核对报告的校验值' }) @Property({ type: 'text' }) reportHash!: string;
  @Property({ type: 'uuid' }) reportIn!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) decidedAt!: Date;
  @Field(() => String, { description: '决定人' }) @Property({ type: 'text' }) decidedBy!: string;
  @Field(() => String) @Property({ type: 'text' }) role!: string;
  @Field(() => String) @Property({ type: 'text' }) office!: string;
  @Field(() => Instant, { nullable: true, description: '因新的核对报告失效的时间；空为有效' })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  supersededAt!: Date | null;
  @Field(() => String, { nullable: true, description: '使其失效的核对报告的校验值' })
  @Property({ type: 'text', nullable: true })
  supersededBy!: string | null;
}
