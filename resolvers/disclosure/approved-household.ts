import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { ApprovedHousehold } from '../../schema/disclosure/approved-household';
import { PageSize, connectionType, type Connection } from '../../schema/page';
import { carriedOutBy, clause } from '../../src/clauses';
import type { Hub } from '../../src/context';
import { knownRegion } from '../known-region';
import { pageOfPublished, type Feed } from './published-rows';

const ApprovedHouseholdConnection = connectionType(ApprovedHousehold, 'ApprovedHousehold');

export type ApprovedHouseholdRow = Omit<ApprovedHousehold, 'publicationId' | 'publishedAt'> & {
  readonly county: string;
};

export const APPROVED: Feed = {
  name: 'approved-households',
  table: 'published_approved_household',
  columns: `r.applicant_name as "applicantName", r.population, r.income_band as "incomeBand", r.income_withheld as "incomeWithheld",
           r.area_band as "areaBand", r.area_withheld as "areaWithheld"`,
};

const madePublic = carriedOutBy('FEED', clause('GX-10.2.3'));

/** 审批结果公开 [GX-10.2.3]: the same for everyone, from the published snapshot; by region alone, for every other filter is a question about somebody. */
@Resolver(() => ApprovedHousehold)
export class ApprovedHouseholdResolver {
  @Query(() => ApprovedHouseholdConnection, { description: '某区划（含下级）已公开的、经批准并配租配售的保障对象' })
  approvedHouseholds(
    @Ctx() { hub }: { hub: Hub },
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ApprovedHouseholdRow>> {
    knownRegion({ hub }, region);
    madePublic();
    return pageOfPublished<ApprovedHouseholdRow>(hub, APPROVED, region, { first, after });
  }
}
