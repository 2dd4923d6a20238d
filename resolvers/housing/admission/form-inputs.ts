import { Field, InputType } from 'type-graphql';
import type { FillApplication, FormEntry } from '../../../src/commands/fill-application';
import type { PublishFormTemplate } from '../../../src/commands/publish-form-template';
import { FormFieldKind, type FormField } from '../../../schema/admission/form-template';
import { LocalDate } from '../../../schema/scalars';
import { OnApplicationInput } from './inputs';

@InputType({ description: '表项' })
export class FormFieldInput implements FormField {
  @Field({ description: '代码：小写字母、数字与连字符' }) key!: string;
  @Field() label!: string;
  @Field(() => FormFieldKind) kind!: FormFieldKind;
  @Field(() => Boolean) required!: boolean;
  @Field(() => [String], { nullable: true, description: '选项类表项的选项' }) choices?: string[] | null;
  @Field(() => String, { nullable: true, description: '可由共享获得的来源' }) source?: string | null;
  @Field(() => String, { nullable: true, description: '该来源的数据项' }) fact?: string | null;
  @Field(() => Boolean, { nullable: true, description: '涉及全体成员' }) everyone?: boolean | null;
}

@InputType({ description: '发布申请审核表' })
export class PublishFormTemplateInput implements PublishFormTemplate {
  @Field({ description: '盟市' }) region!: string;
  @Field() title!: string;
  @Field({ description: '文号' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '自何日起' }) validFrom!: string;
  @Field(() => [FormFieldInput]) fields!: FormFieldInput[];
}

@InputType({ description: '一项内容' })
export class FormEntryInput implements FormEntry {
  @Field() key!: string;
  @Field(() => String, { nullable: true, description: '为空则清除' }) value?: string | null;
}

@InputType({ description: '填写申请表' })
export class FillApplicationInput extends OnApplicationInput implements FillApplication {
  @Field(() => [FormEntryInput]) entries!: FormEntryInput[];
}
