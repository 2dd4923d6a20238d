import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { Integer } from '../../schema/scalars';
import { AuditHead, ConsistencyProof, InclusionProof } from '../../schema/sharing/tree-head';
import { proveConsistency, proveInclusion, readHead } from './log-tree-rows';

/** 日志树: the signed head of the log and proofs against it, checked without us. */
@Resolver(() => AuditHead)
export class LogTreeResolver {
  @Query(() => AuditHead, { nullable: true, description: '最近的签名树头' })
  auditHead(@Ctx() ctx: RequestContext): Promise<AuditHead | null> {
    return readHead(ctx);
  }

  @Query(() => InclusionProof, { nullable: true, description: '某条记录在最近树头中的存在性证明' })
  inclusionProof(@Arg('entryId', () => ID) entryId: string, @Ctx() ctx: RequestContext): Promise<InclusionProof> {
    return proveInclusion(ctx, entryId);
  }

  @Query(() => ConsistencyProof, { nullable: true, description: '日志自 from 条至 to 条只增不改的证明' })
  consistencyProof(
    @Arg('from', () => Integer) from: number,
    @Arg('to', () => Integer) to: number,
    @Ctx() ctx: RequestContext,
  ): Promise<ConsistencyProof> {
    return proveConsistency(ctx, from, to);
  }
}
