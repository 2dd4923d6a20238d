import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Instant } from '../scalars';

/** 查阅: one look at one person as the person itself is told of it: when, which office, what in words, why. */
@ObjectType({ description: '对本人信息的一次查阅' })
export class Access {
  @Field(() => ID, { description: '记录编号，可凭以请求存在性证明' }) id!: string;
  @Field(() => Instant) at!: Date;
  @Field({ description: '查阅机关' }) office!: string;
  @Field({ description: '查阅人员的岗位' }) role!: string;
  @Field(() => String, { nullable: true, description: '查阅人员账号；仅监督机关可见' }) subject!: string | null;
  @Field({ description: '信息来源' }) source!: string;
  @Field(() => [String], { description: '查阅的项目' }) fields!: string[];
  @Field({ description: '事由' }) reason!: string;
  @Field(() => String, { nullable: true, description: '依据条款' }) clause!: string | null;
  @Field(() => ID, { nullable: true }) caseId!: string | null;
  @Field(() => String, { nullable: true, description: '案件类别' }) caseKind!: string | null;
  @Field(() => Boolean, { description: '是否批量作业' }) batch!: boolean;
  @Field(() => Int, { description: '同一次查阅涉及的人数' }) persons!: number;
}
