import { ObjectType, registerEnumType } from 'type-graphql';
import { Fact } from '../../src/exchange/fact';
import { count, day, fen, listOf, oneOf, orNone, text, textLike } from '../../src/exchange/kinds';

/** 机动车状态 (GA 24.17). */
export enum VehicleStatus {
  NORMAL = 'NORMAL',
  SEALED = 'SEALED',
  SCRAPPED = 'SCRAPPED',
}
registerEnumType(VehicleStatus, {
  name: 'VehicleStatus',
  description: '机动车状态：NORMAL 正常，SEALED 查封，SCRAPPED 达到报废标准',
});

/** 机动车 registered to the person. */
@ObjectType({ description: '机动车' })
export class Vehicle {
  @Fact(text, 'assets') plate!: string;
  /** 号牌种类, GA 24.7: '02' small car, '52' small new-energy car. */
  @Fact(textLike(/^\d{2}$/), 'assets') plateKind!: string;
  @Fact(text, 'assets') brandModel!: string;
  @Fact(day, 'assets') firstRegisteredOn!: string;
  @Fact(oneOf(VehicleStatus), 'assets') status!: VehicleStatus;
  /** Null: the registry does not know the price. */
  @Fact(orNone(fen), 'assets') priceFen!: number | null;
}

/** 车管: the vehicles registered to one person. */
@ObjectType({ description: '机动车登记记录' })
export class VehicleRecord {
  @Fact(listOf(Vehicle), 'assets') vehicles!: Vehicle[];
  /** The highest known price of a vehicle that is not scrapped; null where none has one. */
  @Fact(orNone(fen), 'assets') dearestVehicleFen!: number | null;
  /** Vehicles, scrapped ones aside, whose price the registry does not know. */
  @Fact(count, 'assets') unpricedVehicles!: number;
}
