import { ObjectType, registerEnumType } from 'type-graphql';
import { Fact } from '../../src/exchange/fact';
import { areaCm2, basisPoints, day, listOf, oneOf, textLike } from '../../src/exchange/kinds';
import { AreaKind } from '../../schema/area-kind';

/** 权利类型: held alone or together with others. */
export enum RightKind {
  OWNERSHIP = 'OWNERSHIP',
  CO_OWNERSHIP = 'CO_OWNERSHIP',
}
registerEnumType(RightKind, { name: 'RightKind', description: '权利类型：OWNERSHIP 单独所有，CO_OWNERSHIP 共有' });

/** 不动产单元: a registered unit that the person owns or shares. */
@ObjectType({ description: '不动产单元' })
export class PropertyUnit {
  /** GB/T 37346, 28 characters. */
  @Fact(textLike(/^\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}$/), 'assets') unitCode!: string;
  /** GB/T 2260, of the register. */
  @Fact(textLike(/^\d{6}$/), 'assets') countyCode!: string;
  /** Of the whole unit. */
  @Fact(areaCm2, 'assets') areaCm2!: number;
  @Fact(oneOf(AreaKind), 'assets') areaKind!: AreaKind;
  @Fact(oneOf(RightKind), 'assets') rightKind!: RightKind;
  /** 10000 = the whole. */
  @Fact(basisPoints, 'assets') shareBp!: number;
  @Fact(day, 'assets') registeredOn!: string;
}

/** 产权产籍: what the real-estate register knows of one person. */
@ObjectType({ description: '产权产籍记录' })
export class PropertyRecord {
  @Fact(listOf(PropertyUnit), 'assets') units!: PropertyUnit[];
  /** Σ area × share, whole cm², rounded half up once. */
  @Fact(areaCm2, 'assets') ownedAreaCm2!: number;
}
