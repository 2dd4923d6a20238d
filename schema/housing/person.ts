import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Classified, idNumber, name, withheld } from '../../src/access/classification';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 自然人, one per identity; HouseholdMember says who lives with whom when. The number is sealed, a blind index finds it. */
@ObjectType({ description: '自然人' })
@Directive('@key(fields: "id")')
@Entity()
export class Person {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  /** Where it was registered first. Not a field: it would tell of a file elsewhere. */
  @Property({ type: 'text' }) regionCode!: string;
  @Field(() => String, { nullable: true, description: '姓名' })
  @Property({ type: 'text' })
  @Classified('personal', name)
  name!: string;
  @Field(() => LocalDate, { nullable: true, description: '出生日期' })
  @Property({ type: 'date' })
  @Classified('personal', withheld)
  birthDate!: string;
  /** In clear only between its resolver and the mask; in the row it is sealed. */
  @Field(() => String, { nullable: true, description: '公民身份号码（无权者见掩码）' })
  @Classified('identity', idNumber)
  idNumber?: string;
  @Property({ type: 'blob', fieldName: 'id_number', lazy: true }) sealedNumber!: Buffer;
  @Property({ type: 'text', lazy: true }) idNumberKey!: string;
  @Property({ type: 'blob', lazy: true }) idIndex!: Buffer;
  /** Under the next index key, while one is being introduced. */
  @Property({ type: 'blob', lazy: true, nullable: true }) idIndexNext!: Buffer | null;
}
