import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** AUTO: almost certainly one person; also then nothing is merged. */
export enum MatchTier {
  AUTO = 'AUTO',
  REVIEW = 'REVIEW',
}
registerEnumType(MatchTier, { name: 'MatchTier', description: '疑似程度：几乎可以确定、须人工核实' });

export enum MatchState {
  OPEN = 'OPEN',
  SAME = 'SAME',
  DIFFERENT = 'DIFFERENT',
}
registerEnumType(MatchState, { name: 'MatchState', description: '核实结果：待核实、同一人、不同人' });

/** What an officer may find. */
export enum MatchVerdict {
  SAME = 'SAME',
  DIFFERENT = 'DIFFERENT',
}
registerEnumType(MatchVerdict, { name: 'MatchVerdict', description: '核实结论：同一人、不同人' });

/** 疑似同一人: two persons, two numbers, perhaps one human being. Known only to whoever has both of them in scope. */
@ObjectType({ description: '疑似同一人：系统只提示，不合并' })
@Entity()
export class IdentityMatch {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  /** The reason is held as closely as what is known of this one; it speaks of both. */
  @Field(() => ID, { description: '双方之一' })
  @Property({ type: 'uuid', fieldName: 'person_a' })
  personId!: string;
  @Property({ type: 'uuid', fieldName: 'person_b' }) otherId!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'text' }) otherRegion!: string;
  @Field(() => Float, { description: '得分（以 2 为底的对数），越高越可能为同一人' })
  @Property({ type: 'double' })
  score!: number;
  @Field(() => MatchTier) @Property({ type: 'text' }) tier!: MatchTier;
  @Field(() => Int, { description: '比对模型版本' }) @Property({ type: 'integer' }) model!: number;
  /** On which level each field stands; told in words by `explanation`. */
  @Property({ type: 'json' }) levels!: Readonly<Record<string, string>>;
  /** Who registered either, as far as known. */
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) registeredBy!: string[];
  @Field(() => Instant) @Property({ type: 'datetime', columnType: 'timestamptz' }) foundAt!: Date;
  @Field(() => MatchState) @Property({ type: 'text' }) state!: MatchState;
  @Field(() => Instant, { nullable: true })
  @Property({ type: 'datetime', columnType: 'timestamptz', nullable: true })
  reviewedAt!: Date | null;
  @Field(() => String, { nullable: true, description: '核实人' })
  @Property({ type: 'text', nullable: true })
  reviewedBy!: string | null;
  @Property({ type: 'text', nullable: true }) reviewedRole!: string | null;
  @Property({ type: 'text', nullable: true }) reviewedOffice!: string | null;
  @Field(() => String, { nullable: true, description: '核实理由' })
  @Property({ type: 'text', nullable: true })
  @Classified('personal', withheld)
  reason!: string | null;
  /** Reviews that were overruled; the table keeps it. */
  @Property({ type: 'json', lazy: true }) former!: unknown;
}
