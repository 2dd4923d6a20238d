import { Field, ID, ObjectType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 销毁决定: what a file says of persons is to be erased; one proposes it, another confirms. The hashes stay. */
@ObjectType({ description: '档案内容销毁决定：一人提出，另一人确认' })
@Entity()
export class ArchiveDisposal {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => ID, { description: '档案' }) @Property({ type: 'uuid' }) fileId!: string;
  @Field({ description: '决定文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field({ description: '提出人' }) @Property({ type: 'text' }) proposedBy!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) proposedOn!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
  @Field(() => String, { nullable: true, description: '确认人' })
  @Property({ type: 'text', nullable: true })
  confirmedBy!: string | null;
  @Field(() => LocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  confirmedOn!: string | null;
}
