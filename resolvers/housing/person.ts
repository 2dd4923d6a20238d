import { Arg, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { personNumber } from '../../src/access/seal';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import { Person } from '../../schema/housing/person';
import { recordId } from '../identifier';
import { selectedFields } from '../selection';
import { loadPerson, type PersonRow } from './person-rows';

/** 自然人: one, or the number of one. */
@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, { nullable: true, description: '辖区内的自然人' })
  async person(
    @Arg('id', () => ID) id: string,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PersonRow> {
    const person = await loadPerson(ctx, recordId(id), selectedFields(info));
    if (!person) throw new HubError('NOT_FOUND', 'id');
    return person;
  }

  /** In clear here; the wrapper of the classified field masks it on the way out. */
  @FieldResolver(() => String, { nullable: true })
  idNumber(@Root() { id, sealedNumber }: PersonRow, @Ctx() { hub }: RequestContext): string | null {
    return sealedNumber && hub.seal.open(sealedNumber, personNumber(id));
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: '成对化名：同一共享单位稳定不变，各单位之间无法对应；仅共享单位可见',
  })
  partnerKey(@Root() { id }: PersonRow, @Ctx() { hub, viewer }: RequestContext): string | null {
    return viewer.role === 'PARTNER_SYSTEM' ? hub.pseudonyms.of(viewer.subject, id) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '密钥轮换期间，轮换前的成对化名；其余时间为空' })
  formerPartnerKey(@Root() { id }: PersonRow, @Ctx() { hub, viewer }: RequestContext): string | null {
    return viewer.role === 'PARTNER_SYSTEM' ? hub.pseudonyms.before(viewer.subject, id) : null;
  }
}
