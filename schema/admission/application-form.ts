import { Field, ID, ObjectType } from 'type-graphql';
import { Classified, withheld } from '../../src/access/classification';
import { Instant } from '../scalars';
import { FormField, FormTemplate } from './form-template';

/** What a source has told of a person, in place of being asked for. */
@ObjectType({ description: '由共享获得的内容' })
export class SharedFact {
  @Field(() => ID, { description: '所涉成员' }) personId!: string;
  /** As JSON; 'null': the source's register holds nothing on the person, and says so. */
  @Field(() => String, { nullable: true, description: '内容（JSON）；登记机构确认无记录的为 null 字样' })
  @Classified('assets', withheld)
  value!: string | null;
  @Field(() => Instant, { description: '数据时点' }) asOf!: Date;
  @Field(() => ID, { description: '应答编号' }) answerId!: string;
}

/** A field of an application's form with what stands in it. */
@ObjectType({ description: '申请表的一个表项及其内容' })
export class FilledField {
  @Field(() => FormField) field!: FormField;
  /** Whom it speaks of. */
  @Field(() => ID, { nullable: true }) personId?: string | null;
  @Field(() => String, { nullable: true, description: '申请人填写的内容' })
  @Classified('personal', withheld)
  value!: string | null;
  @Field(() => [SharedFact], {
    nullable: true,
    description: '来源已告知的内容；须携带本案查询目的（x-purpose），否则为空',
  })
  shared!: SharedFact[] | null;
}

/** 待补事项: what is lacking. */
@ObjectType({ description: '待补事项' })
export class FormGap {
  @Field({ description: 'FIELD 表项' }) kind!: string;
  @Field() key!: string;
  @Field({ description: '名称' }) label!: string;
}

/** 申请审核表 as filled. */
@ObjectType({ description: '填写中的申请审核表' })
export class ApplicationForm {
  @Field(() => FormTemplate) template!: FormTemplate;
  @Field(() => [FilledField]) fields!: FilledField[];
  @Field(() => [FormGap], { description: '全部待补事项；为空方可提交' }) gaps!: FormGap[];
}
