import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { LocalDate, RegionCode } from '../scalars';
import { Entity, PrimaryKey, Property } from '../mapping';

export enum RegionLevel {
  REGION = 'REGION',
  PREFECTURE = 'PREFECTURE',
  COUNTY = 'COUNTY',
  STREET = 'STREET',
  COMMUNITY = 'COMMUNITY',
}
registerEnumType(RegionLevel, { name: 'RegionLevel', description: '行政层级' });

/** Never inferred from the digits of a code (domain.md §3): 152201 ends like a district and is a county-level city. */
export enum DivisionKind {
  AUTONOMOUS_REGION = 'AUTONOMOUS_REGION',
  LEAGUE = 'LEAGUE',
  PREFECTURE_CITY = 'PREFECTURE_CITY',
  BANNER = 'BANNER',
  COUNTY = 'COUNTY',
  COUNTY_CITY = 'COUNTY_CITY',
  DISTRICT = 'DISTRICT',
  AUTONOMOUS_COUNTY = 'AUTONOMOUS_COUNTY',
  STATISTICAL_ZONE = 'STATISTICAL_ZONE',
}
registerEnumType(DivisionKind, {
  name: 'DivisionKind',
  description: '区划类别：自治区、盟、地级市、旗、县、县级市、市辖区、自治县/旗、统计区',
});

/** 行政区划 by GB/T 2260 code, with validity and successor: recoded regions stay, old records are never rewritten. */
@ObjectType({ description: '行政区划' })
@Entity()
export class Region {
  @Field(() => RegionCode) @PrimaryKey({ type: 'text' }) code!: string;
  @Field() @Property({ type: 'text' }) name!: string;
  @Field(() => RegionLevel) @Property({ type: 'text' }) level!: RegionLevel;
  @Field(() => DivisionKind) @Property({ type: 'text' }) divisionKind!: DivisionKind;
  @Field(() => RegionCode, { nullable: true }) @Property({ type: 'text', nullable: true }) parentCode!: string | null;
  @Property({ type: 'date' }) validFrom!: string;
  @Field(() => LocalDate, { nullable: true, description: '撤销或改码之日' })
  @Property({ type: 'date', nullable: true })
  validTo!: string | null;
  @Field(() => RegionCode, { nullable: true, description: '改码后的代码' })
  @Property({ type: 'text', nullable: true })
  successorCode!: string | null;
}
