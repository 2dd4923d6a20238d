import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Integer } from '../scalars';

/** 排序因素 [GX-6.2.1(2)]: of dwellings the choice, of subsidies the funds. */
export enum WaitingFactorName {
  HOUSING = 'HOUSING',
  INCOME = 'INCOME',
  TIME = 'TIME',
  CHOICE = 'CHOICE',
  FUNDS = 'FUNDS',
}
registerEnumType(WaitingFactorName, {
  name: 'WaitingFactorName',
  description: '排序因素：住房困难程度、收入状况、审批时间、所选位置与户型、保障资金情况',
});

/** What one factor is worth. Unknown gives nothing. */
@ObjectType({ description: '排序因素及得分' })
export class WaitingFactor {
  @Field(() => WaitingFactorName) factor!: WaitingFactorName;
  @Field(() => Boolean, { description: '是否已知；未知的不计分' }) known!: boolean;
  @Field(() => Integer, {
    nullable: true,
    description: '人均面积（平方厘米）、人均月收入（分；社会救助对象为 0）、满年数、是否可满足（0、1）',
  })
  value!: number | null;
  @Field(() => Int, { description: '得分' }) points!: number;
}
