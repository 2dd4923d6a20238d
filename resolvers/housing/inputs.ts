import { Field, ID, InputType } from 'type-graphql';
import type { OpenCase } from '../../src/commands/open-case';
import { CaseKind } from '../../schema/housing/case';
import { Programme } from '../../schema/programme';
import { Fen, LocalDate } from '../../schema/scalars';

@InputType({ description: '立案' })
export class OpenCaseInput implements OpenCase {
  @Field(() => ID) householdId!: string;
  @Field(() => CaseKind) kind!: CaseKind;
  @Field(() => Programme) programme!: Programme;
  @Field(() => ID, { description: '申请人：申请之日的在册成年成员' }) applicantId!: string;
  @Field(() => LocalDate, { nullable: true, description: '缺省为今日' }) submittedOn?: string | null;
  @Field(() => Fen, { nullable: true, description: '申报的家庭月收入' }) declaredIncomeFen?: number | null;
}
