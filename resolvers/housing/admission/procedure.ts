import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { carriedOutBy, clause } from '../../../src/clauses';
import type { RequestContext } from '../../../src/context';
import { ProcedureFinding } from '../../../schema/admission/procedure-finding';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { knownRegion } from '../../known-region';
import { pageOfProcedure } from './procedure-rows';

const ProcedureFindingConnection = connectionType(ProcedureFinding, 'ProcedureFinding');

/** 受理、申请、审核、公示、轮候、复核及审批的监管; 建立审批制度情况的检查. */
const historyTold = carriedOutBy('MEASURE', clause('GX-10.1.1'));
const rulesTold = carriedOutBy('MEASURE', clause('GX-10.2.1'));

@Resolver()
export class ProcedureResolver {
  @Query(() => ProcedureFindingConnection, {
    description: '某区划（含下级）内申请各环节及审批记录所缺，及旗县没有依据文件的审批制度',
  })
  procedureFindings(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ProcedureFinding>> {
    historyTold();
    rulesTold();
    return pageOfProcedure(ctx, knownRegion(ctx, region), { first, after });
  }
}
