import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Instant, LocalDate, RegionCode } from '../../schema/scalars';
import { ANSWER_STATUSES, type AnswerStatus } from './contract';

const STATUSES = Object.fromEntries(ANSWER_STATUSES.map((status) => [status, status]));
registerEnumType(STATUSES, {
  name: 'AnswerStatus',
  description: '应答状态：只有 FOUND 与范围内的 NOT_FOUND 可作为判定依据',
});

/** 覆盖范围: of which regions and time the source declares to know. The same in every agency's subgraph. */
@ObjectType({ description: '来源声明的覆盖范围' })
@Directive('@shareable')
export class Coverage {
  @Field(() => [RegionCode]) regions!: readonly string[];
  @Field(() => LocalDate) from!: string;
  @Field(() => LocalDate, { nullable: true }) to!: string | null;
}

/** 应答信封: provenance of every fact, or why there is none. Never null, so that silence cannot read as "owns nothing". */
@ObjectType()
export abstract class Envelope {
  @Field(() => STATUSES) status!: AnswerStatus;
  @Field({ description: '来源' }) source!: string;
  @Field(() => String, { nullable: true, description: '来源记录编号' }) sourceRecordId!: string | null;
  @Field(() => Instant, { nullable: true, description: '来源数据的时点' }) asOf!: Date | null;
  @Field(() => Instant, { nullable: true, description: '取得时间' }) fetchedAt!: Date | null;
  @Field(() => Coverage, { nullable: true }) coverage!: Coverage | null;
  @Field(() => ID, { nullable: true, description: '所依据的授权书' }) letterId!: string | null;
  @Field(() => ID, { nullable: true, description: '查询编号' }) queryId!: string | null;
  @Field(() => String, { nullable: true, description: '未取得的原因' }) reason!: string | null;
  @Field(() => Instant, { nullable: true, description: '询问时间' }) askedAt!: Date | null;
  @Field(() => Instant, { nullable: true, description: '应于何时答复' }) dueAt!: Date | null;
  @Field(() => Instant, { nullable: true, description: '何时可再询问' }) retryAt!: Date | null;
}

export type EnvelopeOf = Envelope & { readonly value: object | null };

/** The hub's own refusal: nothing was asked. */
export const refused = (source: string, reason: string): EnvelopeOf => ({
  status: 'REFUSED',
  value: null,
  source,
  sourceRecordId: null,
  asOf: null,
  fetchedAt: null,
  coverage: null,
  letterId: null,
  queryId: null,
  reason,
  askedAt: null,
  dueAt: null,
  retryAt: null,
});
