import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { importHouseholds } from '../../src/commands/import-households';
import { recordAdmissionGround } from '../../src/commands/record-admission-ground';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import type { RegionRow } from '../../src/store/regions';
import { connectionType, PageSize, type Connection } from '../../schema/page';
import { Case } from '../../schema/housing/case';
import { Entitlement } from '../../schema/housing/entitlement';
import { Household } from '../../schema/housing/household';
import { HouseholdMember } from '../../schema/housing/household-member';
import { ImportReport } from '../../schema/housing/import-report';
import { Region } from '../../schema/housing/region';
import { knownRegion } from '../known-region';
import { recordId } from '../identifier';
import { selectedFields, selectedThrough } from '../selection';
import { casesOf, entitlementsOf } from './file-rows';
import { RecordAdmissionGroundInput } from './inputs';
import { loadHousehold, pageOfHouseholds } from './household-rows';
import { membersOf } from './member-rows';

const HouseholdConnection = connectionType(Household, 'Household');

/** 家庭: one, a page of a region's, what lies in its file, and the verb that brings files in. */
@Resolver(() => Household)
export class HouseholdResolver {
  @Query(() => Household, { nullable: true, description: '辖区内的家庭档案' })
  async household(
    @Arg('id', () => ID) id: string,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Household> {
    const known = recordId(id);
    const members = selectedThrough(info, 'Household', ['members']);
    /* Row scope holds for both alike: members are looked up meanwhile, and their field finds them under way. */
    if (members)
      membersOf(ctx, known, members, selectedThrough(info, 'Household', ['members', 'person'])).catch(() => {});
    const household = await loadHousehold(ctx, known);
    if (!household) throw new HubError('NOT_FOUND', 'id');
    return household;
  }

  @Query(() => HouseholdConnection, { description: '某区划（含下级）内的家庭，限本人辖区' })
  households(
    @Ctx() ctx: RequestContext,
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<Household>> {
    return pageOfHouseholds(ctx, knownRegion(ctx, region), { first, after });
  }

  @FieldResolver(() => Region, { nullable: true })
  region(@Root() { regionCode }: Pick<Household, 'regionCode'>, @Ctx() { hub }: RequestContext): RegionRow | undefined {
    return hub.regions.find(regionCode);
  }

  @FieldResolver(() => [HouseholdMember], { description: '现在及曾经的成员' })
  members(
    @Root() { id }: Pick<Household, 'id'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<HouseholdMember[]> {
    return membersOf(ctx, id, selectedFields(info), selectedThrough(info, 'HouseholdMember', ['person']));
  }

  @FieldResolver(() => [Case])
  cases(
    @Root() { id }: Pick<Household, 'id'>,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Case[]> {
    return casesOf(ctx, id, selectedFields(info));
  }

  @FieldResolver(() => [Entitlement])
  entitlements(@Root() { id }: Pick<Household, 'id'>, @Ctx() ctx: RequestContext): Promise<Entitlement[]> {
    return entitlementsOf(ctx, id);
  }

  @Mutation(() => Entitlement, { nullable: true, description: '登记或更正一项在享保障的准入类别' })
  recordAdmissionGround(
    @Arg('input', () => RecordAdmissionGroundInput) input: RecordAdmissionGroundInput,
    @Ctx() ctx: RequestContext,
  ): Promise<Entitlement> {
    return recordAdmissionGround(ctx, { ...input, entitlementId: recordId(input.entitlementId, 'entitlementId') });
  }

  @Mutation(() => ImportReport, { nullable: true, description: '导入家庭档案（CSV，每行一名成员）' })
  importHouseholds(
    @Arg('region', () => String) region: string,
    @Arg('csv', () => String) csv: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ImportReport> {
    return importHouseholds(ctx, { region, csv });
  }
}
