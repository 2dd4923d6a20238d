import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { recordMoveIn } from '../../../src/commands/record-move-in';
import { recordVacation } from '../../../src/commands/record-vacation';
import type { RequestContext } from '../../../src/context';
import { Occupancy } from '../../../schema/tenancy/occupancy';
import { recordId } from '../../identifier';
import { OnOccupancyInput } from './inputs';

/** With its id as a record's. */
const named = <Input extends { readonly occupancyId: string }>(input: Input): Input => ({
  ...input,
  occupancyId: recordId(input.occupancyId, 'occupancyId'),
});

/** The verbs of 入住. */
@Resolver(() => Occupancy)
export class OccupancyVerbs {
  @Mutation(() => Occupancy, { nullable: true, description: '登记入住' })
  recordMoveIn(
    @Arg('input', () => OnOccupancyInput) input: OnOccupancyInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Occupancy> {
    return recordMoveIn(ctx, named(input));
  }

  @Mutation(() => Occupancy, { nullable: true, description: '登记腾退' })
  recordVacation(
    @Arg('input', () => OnOccupancyInput) input: OnOccupancyInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Occupancy> {
    return recordVacation(ctx, named(input));
  }
}
