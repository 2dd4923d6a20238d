import { Entity, PrimaryKey, Property } from '../mapping';

/** What the rent of a contract rests on. */
export enum RentBasis {
  CONTRACT = 'CONTRACT',
  ADJUSTMENT = 'ADJUSTMENT',
  CONVERSION = 'CONVERSION',
  MARKET = 'MARKET',
}

/** 月租金 of a contract from a day on; set by the database from the rates in force. It only grows. */
@Entity()
export class ContractRent {
  @PrimaryKey({ type: 'uuid' }) id!: string;
  @Property({ type: 'text' }) regionCode!: string;
  @Property({ type: 'uuid' }) householdId!: string;
  @Property({ type: 'uuid' }) contractId!: string;
  @Property({ type: 'date' }) fromDay!: string;
  @Property({ type: 'text' }) basis!: RentBasis;
  @Property(({ BigIntType }) => ({ type: new BigIntType('number') })) fen!: number;
  @Property({ type: 'uuid', nullable: true }) reviewId!: string | null;
  @Property({ type: 'datetime', columnType: 'timestamptz' }) at!: Date;
  @Property({ type: 'date' }) onDay!: string;
  @Property({ type: 'text' }) takenBy!: string;
}
