import { Field, ID, InputType } from 'type-graphql';
import type { BarReapplication } from '../../src/commands/bar-reapplication';
import type { OpenCase } from '../../src/commands/open-case';
import type { RecordAdmissionGround } from '../../src/commands/record-admission-ground';
import { CaseKind } from '../../schema/housing/case';
import { AdmissionGround } from '../../schema/housing/entitlement';
import { BarGround } from '../../schema/housing/reapply-bar';
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

@InputType({ description: '登记准入类别' })
export class RecordAdmissionGroundInput implements RecordAdmissionGround {
  @Field(() => ID, { description: '在享保障' }) entitlementId!: string;
  @Field(() => AdmissionGround) ground!: AdmissionGround;
}

@InputType({ description: '列入违规名单' })
export class BarReapplicationInput implements BarReapplication {
  @Field(() => ID, { description: '享受保障时的家庭档案' }) householdId!: string;
  @Field(() => ID, { description: '该家庭的现在或曾经的成员' }) personId!: string;
  @Field(() => BarGround) ground!: BarGround;
  @Field(() => LocalDate, { description: '退回之日，不晚于今日' }) returnedOn!: string;
  @Field({ description: '处理决定文号' }) documentNumber!: string;
}
