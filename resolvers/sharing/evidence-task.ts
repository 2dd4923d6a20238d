import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../src/context';
import { connectionType, PageSize, type Connection } from '../../schema/page';
import { EvidenceTask, EvidenceTaskKind, EvidenceTaskState } from '../../schema/sharing/evidence-task';
import { SOURCE_TITLES } from '../../schema/sharing/field-titles';
import { HouseholdOfSharing, PersonOfSharing } from '../../schema/sharing/stubs';
import { knownRegion } from '../known-region';
import { TASK_READERS } from './permissions';
import { pageOfTasks, personsOf, tasksOf, type EvidenceTaskRow } from './evidence-task-rows';

const EvidenceTaskConnection = connectionType(EvidenceTask, 'EvidenceTask');

/** 补证任务: who must ask whom for what, by when. */
@Resolver(() => EvidenceTask)
export class EvidenceTaskResolver {
  @Query(() => EvidenceTaskConnection, { description: '某区划（含下级）内的补证任务，限本人辖区；期限近者在前' })
  evidenceTasks(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('state', () => EvidenceTaskState, { nullable: true }) state?: EvidenceTaskState,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<EvidenceTaskRow>> {
    return pageOfTasks(ctx, knownRegion(ctx, region), state ?? null, { first, after });
  }

  @FieldResolver(() => EvidenceTaskState)
  state(@Root() { state }: Pick<EvidenceTaskRow, 'state'>): EvidenceTaskState {
    return state;
  }

  @FieldResolver(() => HouseholdOfSharing)
  household(@Root() { householdId }: Pick<EvidenceTaskRow, 'householdId'>): HouseholdOfSharing {
    return { id: householdId };
  }

  @FieldResolver(() => [PersonOfSharing], { description: '所涉成员' })
  async members(@Root() { id }: Pick<EvidenceTaskRow, 'id'>, @Ctx() ctx: RequestContext): Promise<PersonOfSharing[]> {
    return (await personsOf(ctx, id)).map(({ person_id: person }) => ({ id: person }));
  }

  @FieldResolver(() => String, { description: '由谁办理' })
  office(@Root() { regionCode }: Pick<EvidenceTaskRow, 'regionCode'>, @Ctx() { hub }: RequestContext): string {
    return `${hub.regions.find(regionCode)?.name ?? regionCode}住房保障部门`;
  }

  @FieldResolver(() => String, { nullable: true, description: '向谁询问；须签署授权书的为申请家庭' })
  agency(
    @Root() { kind, about }: Pick<EvidenceTaskRow, 'kind' | 'about'>,
    @Ctx() { hub }: RequestContext,
  ): string | null {
    if (kind === EvidenceTaskKind.LETTER) return '申请家庭';
    if (kind === EvidenceTaskKind.RULE) return null;
    return hub.exchange.connectors.find(({ name }) => name === about)?.agency ?? SOURCE_TITLES[about] ?? about;
  }
}

/** Tasks in a household's file. */
@Resolver(() => HouseholdOfSharing)
export class TasksOfHousehold {
  @FieldResolver(() => [EvidenceTask], { nullable: true, description: '补证任务，待办者在前；无权查看的角色为空' })
  async evidenceTasks(
    @Root() { id }: Pick<HouseholdOfSharing, 'id'>,
    @Ctx() ctx: RequestContext,
  ): Promise<EvidenceTaskRow[] | null> {
    return TASK_READERS.includes(ctx.viewer.role) ? tasksOf(ctx, id) : null;
  }
}
