import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, Integer } from '../scalars';
import { Answer } from './answer';
import { Parameter } from './parameter';

/** CONTRADICTION: declared against found, for a person to settle. INCONCLUSIVE is never a pass. */
export enum Outcome {
  PASS = 'PASS',
  FAIL = 'FAIL',
  CONTRADICTION = 'CONTRADICTION',
  INCONCLUSIVE = 'INCONCLUSIVE',
  NOT_APPLICABLE = 'NOT_APPLICABLE',
}
registerEnumType(Outcome, { name: 'Outcome', description: '判定：通过、不通过、矛盾（待人工核实）、待核实、不适用' });

/** What a verdict lacks, whom to ask and when again. */
@ObjectType({ description: '缺失的证据' })
export class Missing {
  @Field() source!: string;
  @Field(() => ID, { nullable: true }) personId!: string | null;
  @Field(() => String, { nullable: true }) status!: string | null;
  @Field(() => String, { nullable: true }) reason!: string | null;
  @Field(() => Instant, { nullable: true, description: '何时可再次询问' }) askAgainAt!: Date | string | null;
  @Field(() => String, { nullable: true, description: '缺少的授权书' }) letter!: string | null;
}

/** 判定: one rule's verdict on one household, with what it saw, against what, and by which answers. */
@ObjectType({ description: '规则判定' })
export class Finding {
  @Field({ description: '规则编号' }) rule!: string;
  @Field() title!: string;
  @Field(() => Outcome) outcome!: Outcome;
  @Field({ description: '条款依据' }) citation!: string;
  @Field(() => Integer, { nullable: true }) observed!: number | null;
  @Field(() => Integer, { nullable: true }) threshold!: number | null;
  @Field(() => String, { nullable: true }) unit!: string | null;
  @Field() sentence!: string;
  @Field(() => [Answer]) evidence!: Answer[];
  @Field(() => [Missing]) missing!: Missing[];
  @Field(() => [Parameter], { nullable: true, description: '判定所用的政策参数及文号、出处；旧版报告没有' })
  parameters!: Parameter[] | null;
}
