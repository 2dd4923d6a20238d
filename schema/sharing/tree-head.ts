import { Field, ID, ObjectType } from 'type-graphql';
import { Instant, Integer } from '../scalars';

/** 日志树头: the last signed state of the read and write log (RFC 6962). */
@ObjectType({ description: '查阅与办理记录的签名树头（RFC 6962）' })
export class AuditHead {
  @Field(() => Integer, { description: '记录条数' }) size!: number;
  @Field({ description: '根散列，十六进制' }) root!: string;
  @Field(() => Instant) at!: Date;
  @Field({ description: '被签名的规范化 JSON（RFC 8785）' }) canonical!: string;
  @Field({ description: '分离式 JWS（ES256）' }) signature!: string;
}

/** 存在性证明: that one entry stands in the tree of the head (RFC 6962 §2.1.1). */
@ObjectType({ description: '存在性证明' })
export class InclusionProof {
  @Field(() => ID) entryId!: string;
  @Field(() => Integer, { description: '在树中的位置，自 0 起' }) position!: number;
  @Field({ description: '叶散列，十六进制' }) leafHash!: string;
  @Field(() => [String], { description: '自叶至根的兄弟散列，十六进制' }) path!: string[];
  @Field(() => AuditHead) head!: AuditHead;
}

/** 一致性证明: that the tree only grew between two sizes (RFC 6962 §2.1.2). */
@ObjectType({ description: '一致性证明' })
export class ConsistencyProof {
  @Field(() => Integer) from!: number;
  @Field(() => Integer) to!: number;
  @Field({ description: '十六进制' }) fromRoot!: string;
  @Field({ description: '十六进制' }) toRoot!: string;
  @Field(() => [String], { description: '十六进制' }) path!: string[];
}
