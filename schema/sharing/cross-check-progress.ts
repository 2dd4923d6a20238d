import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';
import { CrossCheckState } from './cross-check';

/** 核对进度: how far a cross-check has come, told whenever a page of households is settled. */
@ObjectType({ description: '核对进度' })
export class CrossCheckProgress {
  @Field(() => ID) id!: string;
  @Field(() => CrossCheckState) state!: CrossCheckState;
  @Field(() => Int) total!: number;
  @Field(() => Int, { description: '已完成的家庭数' }) done!: number;
  @Field(() => Instant, { nullable: true }) finishedAt!: Date | null;
}
