import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { PageSize, connectionType, type Connection } from '../../schema/page';
import { Access } from '../../schema/sharing/access';
import { recordId } from '../identifier';
import { pageOfAccesses } from './access-rows';

const AccessConnection = connectionType(Access, 'Access');

/** 查阅记录: who looked at a person, for the person itself and for overseers [PIPL art. 45]. */
@Resolver(() => Access)
export class AccessResolver {
  @Query(() => AccessConnection, { nullable: true, description: '何机关何时因何查阅了此人的哪些信息，最近者在前' })
  async accessesTo(
    @Arg('person', () => ID) person: string,
    @Ctx() ctx: RequestContext,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Access>> {
    return pageOfAccesses(ctx, recordId(person, 'person'), { first, after });
  }
}
