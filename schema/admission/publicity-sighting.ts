import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate } from '../scalars';

/** What a look at the page found. UNREACHABLE: nobody can tell, which is neither there nor missing. */
export enum PublicityShown {
  SEEN = 'SEEN',
  GONE = 'GONE',
  DIFFERENT = 'DIFFERENT',
  UNREACHABLE = 'UNREACHABLE',
}
registerEnumType(PublicityShown, {
  name: 'PublicityShown',
  description: '网上公示见证结果：与公示页一致、已撤除、内容不一致、无法访问',
});

/** 见证: how often a day's looks at the page found what, and between which moments. */
@ObjectType({ description: '网上公示的见证记录' })
export class PublicitySighting {
  @Field(() => LocalDate) day!: string;
  @Field(() => PublicityShown) result!: PublicityShown;
  @Field(() => Instant) firstAt!: Date;
  @Field(() => Instant) lastAt!: Date;
  @Field(() => Int) times!: number;
}
