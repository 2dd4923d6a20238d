import type { PrimaryKeyProp } from '@mikro-orm/core';
import { registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum Conclusion {
  ELIGIBLE = 'ELIGIBLE',
  INELIGIBLE_PROPOSED = 'INELIGIBLE_PROPOSED',
  PENDING_EVIDENCE = 'PENDING_EVIDENCE',
}
registerEnumType(Conclusion, { name: 'Conclusion', description: '结论：符合、拟不符合（待人工决定）、待补证' });

/** 评定: all rules over one household as of one day; arrays run in the order of the rule set. Shown as findings. */
@Entity()
export class Evaluation {
  declare [PrimaryKeyProp]?: ['id', 'at'];
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @PrimaryKey({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) caseId!: string;
  @Property({ type: 'uuid', nullable: true }) crossCheckId!: string | null;
  @Property({ type: 'text' }) ruleSet!: string;
  @Property({ type: 'date' }) asOf!: string;
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) outcome!: string[];
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'bigint[]' })) observed!: (string | null)[];
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'bigint[]' })) threshold!: (string | null)[];
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'uuid[]' })) evidence!: string[];
  @Property(({ ArrayType }) => ({ type: ArrayType, columnType: 'text[]' })) evidenceSource!: string[];
  @Property({ type: 'text' }) conclusion!: Conclusion;
}
