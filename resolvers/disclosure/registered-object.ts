import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { RegisteredObject } from '../../schema/disclosure/registered-object';
import { PageSize, connectionType, type Connection } from '../../schema/page';
import type { Hub } from '../../src/context';
import { carriedOutBy, clause } from '../../src/clauses';
import { knownRegion } from '../known-region';
import { pageOfPublished } from './published-rows';
import { REGISTERED, type RegisteredObjectRow } from './registered-object-rows';

const RegisteredObjectConnection = connectionType(RegisteredObject, 'RegisteredObject');

const secondFeed = carriedOutBy('FEED', clause('GX-7.2.1(2)'));

/** 已登记的保障对象公开 [GX-7.2.1(2)]: the same for everyone, from the published snapshot. */
@Resolver(() => RegisteredObject)
export class RegisteredObjectResolver {
  @Query(() => RegisteredObjectConnection, { description: '某区划（含下级）已公开的保障对象登记' })
  registeredObjects(
    @Ctx() { hub }: { hub: Hub },
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<RegisteredObjectRow>> {
    knownRegion({ hub }, region);
    secondFeed();
    return pageOfPublished<RegisteredObjectRow>(hub, REGISTERED, region, { first, after });
  }
}
