import { Field, ObjectType } from 'type-graphql';
import { Programme } from '../programme';
import { RegionCode } from '../scalars';

/** 在享保障 of one person, as a partner is told it: yes or no, by which programme, where; nothing of the household, the dwelling or the days. */
@ObjectType({ description: '某人今日是否在享住房保障（共享授权的区划内）' })
export class SecurityStatus {
  @Field(() => Boolean, { description: '是否在享' }) secured!: boolean;
  @Field(() => Programme, { nullable: true, description: '保障方式' }) programme!: Programme | null;
  @Field(() => RegionCode, { nullable: true, description: '保障所在旗县市区' }) regionCode!: string | null;
}
