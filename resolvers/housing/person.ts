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
}
