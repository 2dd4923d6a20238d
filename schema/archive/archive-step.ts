import { Field, ID, ObjectType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';
import { ArchiveStage } from './archive-entry';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 整理、归档: who and when. Never rewritten. */
@ObjectType({ description: '整理、归档步骤' })
@Entity()
export class ArchiveStep {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) entryId!: string;
  @Field(() => ArchiveStage) @Property({ type: 'text' }) stage!: ArchiveStage;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field(() => LocalDate) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '责任人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
}
