import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 公开发布: one feed of one region as it was made public. The live one has no successor. */
@ObjectType({ description: '公开发布' })
@Entity()
export class Publication {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field() @Property({ type: 'text' }) feed!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) publishedAt!: Date;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  takeDownAt!: Date | null;
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true }) supersededAt!: Date | null;
  @Field() @Property({ type: 'text' }) snapshotHash!: string;
  @Field(() => Int) @Property({ type: 'integer' }) rowCount!: number;
  @Field() @Property({ type: 'text' }) maskProfile!: string;
  @Property({ type: 'text' }) publisher!: string;
}
