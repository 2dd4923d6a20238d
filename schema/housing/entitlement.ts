import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Programme } from '../programme';
import { LocalDate } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

/** 准入类别 (IM-6(3)): on which ground a security was given; it neither bars anybody nor makes anybody eligible. */
export enum AdmissionGround {
  DEMOLITION = 'DEMOLITION',
  RETIREE = 'RETIREE',
  DEMOBILISED_SOLDIER = 'DEMOBILISED_SOLDIER',
  PETITIONER = 'PETITIONER',
  OTHER = 'OTHER',
}
registerEnumType(AdmissionGround, {
  name: 'AdmissionGround',
  description: '准入类别：拆迁户、退休人员、复转军人、上访户、其他',
});

/** 在享保障: what a household holds, from a day to a day. Never two at once (V2 order 11 art. 31(3)). */
@ObjectType({ description: '在享保障' })
@Entity()
export class Entitlement {
  @Field(() => ID) @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Field(() => Programme) @Property({ type: 'text' }) programme!: Programme;
  @Field(() => LocalDate) @Property({ type: 'date' }) since!: string;
  @Field(() => LocalDate, { nullable: true }) @Property({ type: 'date', nullable: true }) until!: string | null;
  @Property({ type: 'text', nullable: true }) admissionGround!: AdmissionGround | null;
}
