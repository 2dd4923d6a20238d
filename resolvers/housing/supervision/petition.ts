import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { decidePetition } from '../../../src/commands/decide-petition';
import { implementPetition } from '../../../src/commands/implement-petition';
import { receivePetition } from '../../../src/commands/receive-petition';
import type { RequestContext } from '../../../src/context';
import { connectionType, PageSize, type Connection } from '../../../schema/page';
import { Petition } from '../../../schema/supervision/petition';
import { recordId } from '../../identifier';
import { knownRegion } from '../../known-region';
import { DecidePetitionInput, ImplementPetitionInput, ReceivePetitionInput } from './inputs';
import { pageOfPetitions } from './matter-rows';

const PetitionConnection = connectionType(Petition, 'Petition');

/** 信访、举报: received, decided, carried out. */
@Resolver()
export class PetitionResolver {
  @Query(() => PetitionConnection, { description: '某区划（含下级）内的信访、举报，限本人辖区' })
  petitions(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Petition>> {
    return pageOfPetitions(ctx, knownRegion(ctx, region), { first, after });
  }

  @Mutation(() => Petition, { nullable: true, description: '受理信访、举报' })
  receivePetition(
    @Arg('input', () => ReceivePetitionInput) input: ReceivePetitionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Petition> {
    return receivePetition(ctx, { ...input, region: knownRegion(ctx, input.region) });
  }

  @Mutation(() => Petition, { nullable: true, description: '登记处理决定' })
  decidePetition(
    @Arg('input', () => DecidePetitionInput) input: DecidePetitionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Petition> {
    return decidePetition(ctx, { ...input, petitionId: recordId(input.petitionId, 'petitionId') });
  }

  @Mutation(() => Petition, { nullable: true, description: '登记落实情况' })
  implementPetition(
    @Arg('input', () => ImplementPetitionInput) input: ImplementPetitionInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Petition> {
    return implementPetition(ctx, { ...input, petitionId: recordId(input.petitionId, 'petitionId') });
  }
}
