import type { PrimaryKeyProp } from '@mikro-orm/core';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { HouseholdOfSharing } from './stubs';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum HouseholdCheckState {
  WAITING = 'WAITING',
  AWAITING = 'AWAITING',
  DONE = 'DONE',
}
registerEnumType(HouseholdCheckState, {
  name: 'HouseholdCheckState',
  description: '单户核对状态：待核、待延时应答、完成',
});

/** 核对家庭: one household of a cross-check, with the case and letter it is asked under. */
@ObjectType({ description: '核对家庭' })
@Entity()
export class CrossCheckHousehold {
  declare [PrimaryKeyProp]?: ['crossCheckId', 'ordinal'];
  @PrimaryKey({ type: 'uuid' }) crossCheckId!: string;
  @PrimaryKey({ type: 'integer' }) ordinal!: number;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) caseId!: string;
  @Property({ type: 'uuid', nullable: true }) letterId!: string | null;
  @Field(() => HouseholdCheckState) @Property({ type: 'text' }) state!: HouseholdCheckState;
  @Field(() => HouseholdOfSharing) household!: HouseholdOfSharing;
}
