import { Field, ID, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 共享方: a partner agency's system, known by its keys. What it may do stands in its grants and registered documents. */
@ObjectType({ description: '共享方系统' })
@Entity()
export class Partner {
  @Field(() => ID) @PrimaryKey({ type: 'text' }) clientId!: string;
  @Field() @Property({ type: 'text' }) name!: string;
  @Field() @Property({ type: 'text' }) agency!: string;
  /** 统一社会信用代码 of the agency (GB 32100), where it was entered. */
  @Property({ type: 'text', nullable: true }) creditCode!: string | null;
  /** Public keys (JWK, each with kid and alg) that its client assertions are signed with. */
  @Property({ type: 'json', columnType: 'jsonb' }) keys!: Record<string, unknown>[];
  @Property({ type: 'datetime', columnType: 'timestamptz' }) addedAt!: Date;
}
