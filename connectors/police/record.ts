import { ObjectType, registerEnumType } from 'type-graphql';
import { Fact } from '../../src/exchange/fact';
import { count, day, oneOf, orNone, textLike } from '../../src/exchange/kinds';

/** 姓名比对: how the name asked about agrees with the one registered. One that does not agree is AMBIGUOUS and no record. */
export enum NameMatch {
  EXACT = 'EXACT',
  SPELLING = 'SPELLING',
  FORMER = 'FORMER',
}
registerEnumType(NameMatch, {
  name: 'NameMatch',
  description: '姓名比对：EXACT 完全一致，SPELLING 同一姓名的不同写法（空格、全半角、间隔号），FORMER 登记的曾用名',
});

/** 户口类别 (GA/T 2000.24). */
export enum HukouKind {
  HOUSEHOLD = 'HOUSEHOLD',
  COLLECTIVE = 'COLLECTIVE',
}
registerEnumType(HukouKind, { name: 'HukouKind', description: '户口类别：HOUSEHOLD 家庭户，COLLECTIVE 集体户' });

/** 公安户籍: one person in the household register. The registered name itself is not asked for. */
@ObjectType({ description: '户籍登记记录' })
export class HouseholdRegisterRecord {
  @Fact(oneOf(NameMatch), 'personal') nameMatch!: NameMatch;
  /** 户籍地, county code. */
  @Fact(textLike(/^\d{6}$/), 'personal') hukouPlace!: string;
  @Fact(oneOf(HukouKind), 'personal') hukouKind!: HukouKind;
  /** 落户日期: since when at this place. */
  @Fact(day, 'personal') hukouSince!: string;
  /** Null: no death is registered. */
  @Fact(orNone(day), 'personal') deceasedOn!: string | null;
  /** 注销: struck off for another reason than death. Null: in force. */
  @Fact(orNone(day), 'personal') cancelledOn!: string | null;
  /** Registered as children of this person and under 18. */
  @Fact(count, 'personal') minorChildren!: number;
}
