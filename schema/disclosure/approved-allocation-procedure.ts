import { Field, Int, ObjectType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 分配程序公开 [GX-6.2.1(3)]: written by the database when an approval is recorded, and by nothing else; a draft never gets here. */
@ObjectType({ description: '经同级人民政府批准的住房保障资源分配程序（公开）', simpleResolvers: true })
@Entity({ tableName: 'published_allocation_procedure' })
export class ApprovedAllocationProcedure {
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @Field(() => RegionCode) @Property({ type: 'text' }) regionCode!: string;
  @Field(() => Int, { description: '第几版' }) @Property({ type: 'integer' }) version!: number;
  @Field() @Property({ type: 'text' }) title!: string;
  @Field({ description: '全文' }) @Property({ type: 'text' }) text!: string;
  @Field(() => [String], { description: '拟定依据及文号' }) @Property({ type: 'json' }) legalBasis!: string[];
  @Field(() => [String], { description: '环节，先后为序' }) @Property({ type: 'json' }) steps!: string[];
  @Field({ description: '批准机关' }) @Property({ type: 'text' }) approvingBody!: string;
  @Field({ description: '批准文号' }) @Property({ type: 'text' }) documentNumber!: string;
  @Field(() => LocalDate, { description: '批准之日' }) @Property({ type: 'date' }) approvedOn!: string;
  @Field(() => LocalDate, { description: '施行之日' }) @Property({ type: 'date' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true, description: '为后一版取代的，施行的最后一日' }) validTo?: string | null;
}
