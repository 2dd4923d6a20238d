import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../scalars';
import { DocumentKind } from './document';
import { Entity, PrimaryKey, Property } from '../mapping';

/** What is written in a field, and how: whole fen, whole cm², 'YYYY-MM-DD', a key of the choices. */
export enum FormFieldKind {
  TEXT = 'TEXT',
  COUNT = 'COUNT',
  MONEY_FEN = 'MONEY_FEN',
  AREA_CM2 = 'AREA_CM2',
  DATE = 'DATE',
  YES_NO = 'YES_NO',
  CHOICE = 'CHOICE',
}
registerEnumType(FormFieldKind, {
  name: 'FormFieldKind',
  description: '表项种类：文字、整数、金额（分）、面积（平方厘米）、日期、是否（YES、NO）、选项',
});

/** 表项: a field of the form. */
@ObjectType({ description: '申请审核表的表项' })
export class FormField {
  @Field({ description: '表项代码，表内唯一' }) key!: string;
  @Field({ description: '表项名称' }) label!: string;
  @Field(() => FormFieldKind) kind!: FormFieldKind;
  @Field() required!: boolean;
  @Field(() => [String], { nullable: true, description: '可选项' }) choices?: readonly string[] | null;
  /** 条例 art. 19: not asked for where this source has told it. */
  @Field(() => String, { nullable: true, description: '可由共享获得的来源；已获得的不再要求填写' })
  source?: string | null;
  @Field(() => String, { nullable: true, description: '该来源的数据项' }) fact?: string | null;
  @Field(() => Boolean, { nullable: true, description: '涉及全体成员，否则只涉及申请人' })
  everyone?: boolean | null;
}

/** 要件资料 [IM-4.3]: a document that must be handed in. */
@ObjectType({ description: '申请须提交的材料' })
export class RequiredDocument {
  @Field(() => DocumentKind) kind!: DocumentKind;
  @Field({ description: '材料名称' }) label!: string;
}

/** 申请审核表 [IM-4.2]: a prefecture's version, the same for all its counties; bound to an application when it begins, and never changed. */
@ObjectType({ description: '盟市统一制式的保障性住房申请审核表' })
@Entity()
export class FormTemplate {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode, { description: '盟市' }) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Int) @Property({ type: 'integer' }) version!: number;
  @Field() @Property({ type: 'text' }) title!: string;
  @Field({ description: '文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => LocalDate) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => [FormField]) @Property({ type: 'json' }) fields!: FormField[];
  @Field(() => [RequiredDocument], { description: '须提交的全部材料' })
  @Property({ type: 'json' })
  documents!: RequiredDocument[];
  @Field(() => Instant)
  @Property({ type: 'datetime', columnType: 'timestamptz' })
  publishedAt!: Date | string;
  @Field() @Property({ type: 'text' }) publishedBy!: string;
}
