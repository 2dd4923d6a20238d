import { Field, Int, ObjectType } from 'type-graphql';

/** Why a row did not land. Names the row and the column, never the value. */
@ObjectType({ description: '未导入的行' })
export class ImportProblem {
  @Field(() => Int, { description: '表格行号，表头为第 1 行' }) row!: number;
  @Field({ description: '错误代码' }) code!: string;
  @Field({ description: '列' }) field!: string;
  @Field() message!: string;
  @Field({ description: '处理办法' }) remedy!: string;
}

/** 导入结果: counts are of households; a household lands whole or not at all. */
@ObjectType({ description: '导入结果（按户计）' })
export class ImportReport {
  @Field(() => Int, { description: '读到的数据行数' }) rows!: number;
  @Field(() => Int, { description: '新建的家庭数' }) created!: number;
  @Field(() => Int, { description: '已有且相同、未改动的家庭数' }) unchanged!: number;
  @Field(() => Int, { description: '未导入的家庭数' }) refused!: number;
  @Field(() => [ImportProblem]) problems!: ImportProblem[];
}
