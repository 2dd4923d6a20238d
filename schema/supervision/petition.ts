import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum PetitionKind {
  PETITION = 'PETITION',
  REPORT = 'REPORT',
}
registerEnumType(PetitionKind, { name: 'PetitionKind', description: '信访、举报' });

export enum PetitionDecision {
  TO_BE_CARRIED_OUT = 'TO_BE_CARRIED_OUT',
  NOT_ESTABLISHED = 'NOT_ESTABLISHED',
}
registerEnumType(PetitionDecision, { name: 'PetitionDecision', description: '处理决定：须落实、不成立' });

/** 信访、举报 [GX-10.2.4]: known by the number of its register alone; nothing of who it came from or whom it speaks of. */
@ObjectType({ description: '信访、举报的受理、处理、落实' })
@Entity()
export class Petition {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => PetitionKind) @Property({ type: 'text' }) kind!: PetitionKind;
  @Field({ description: '登记号' }) @Property({ type: 'text' }) registerNumber!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) receivedOn!: string;
  @Field() @Property({ type: 'text' }) receivedBy!: string;
  @Field(() => PetitionDecision, { nullable: true })
  @Property({ type: 'text', nullable: true })
  decision!: PetitionDecision | null;
  @Field(() => String, { nullable: true, description: '决定文号' })
  @Property({ type: 'text', nullable: true })
  decisionDocument!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) decidedOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: '落实情况文号' })
  @Property({ type: 'text', nullable: true })
  implementationDocument!: string | null;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) implementedOn!: string | null;
  @Field(() => String, { nullable: true }) @Property({ type: 'text', nullable: true }) implementedBy!: string | null;
}
