import { Field, ObjectType } from 'type-graphql';
import { ArchiveStage } from './archive-entry';
import { Entity, Property } from '../mapping';
import { Step } from '../step';

/** 整理、归档: who and when. Never rewritten. */
@ObjectType({ description: '整理、归档步骤' })
@Entity()
export class ArchiveStep extends Step {
  @Property({ type: 'uuid' }) entryId!: string;
  @Field(() => ArchiveStage) @Property({ type: 'text' }) stage!: ArchiveStage;
}
