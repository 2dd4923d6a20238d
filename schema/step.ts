import { Field, ID, ObjectType } from 'type-graphql';
import { PrimaryKey, Property } from './mapping';
import { Instant, LocalDate } from './scalars';

/** 经办: what every step says of who took it, in which role, for which office, and when. */
@ObjectType()
export abstract class Step {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Field(() => LocalDate, { description: '发生之日' }) @Property({ type: 'date' }) onDay!: string;
  @Field({ description: '经办人' }) @Property({ type: 'text' }) takenBy!: string;
  @Field() @Property({ type: 'text' }) role!: string;
  @Field() @Property({ type: 'text' }) office!: string;
}
