import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import { ApprovedAllocationProcedure } from '../../schema/disclosure/approved-allocation-procedure';
import { PageSize, connectionType, type Connection } from '../../schema/page';
import { carriedOutBy, clause } from '../../src/clauses';
import type { Hub } from '../../src/context';
import { readPage } from '../../src/store/page';
import { knownRegion } from '../known-region';

const ApprovedAllocationProcedureConnection = connectionType(
  ApprovedAllocationProcedure,
  'ApprovedAllocationProcedure',
);

const madePublic = carriedOutBy('FEED', clause('GX-6.2.1(3)'));

/* Versions that a later one has followed stay: what a batch was bound to can be read as long as anybody asks. */
const PAGE = {
  name: 'approved-allocation-procedures',
  text: `select region_code as "regionCode", version, title, text, legal_basis as "legalBasis", steps, approving_body as "approvingBody",
           document_number as "documentNumber", approved_on as "approvedOn", valid_from as "validFrom",
           (select min(n.valid_from) - 1 from published_allocation_procedure n where n.region_code = p.region_code and n.valid_from > p.valid_from) as "validTo"
         from published_allocation_procedure p where region_code = any ($1::text[]) and (region_code, -version) > ($2::text, $3::int)
         order by region_code, -version limit $4`,
};
const BEFORE_ALL = ['', -(2 ** 31)];

/** 住房保障资源分配程序公开 [GX-6.2.1(3)]: the same for everyone. */
@Resolver(() => ApprovedAllocationProcedure)
export class ApprovedAllocationProcedureResolver {
  @Query(() => ApprovedAllocationProcedureConnection, {
    description: '某区划（含下级）经同级人民政府批准的分配程序，新者在前',
  })
  approvedAllocationProcedures(
    @Ctx() { hub }: { hub: Hub },
    @Arg('region', () => String) region: string,
    @Arg('first', PageSize, { nullable: true }) first?: number,
    @Arg('after', () => String, { nullable: true }) after?: string,
  ): Promise<Connection<ApprovedAllocationProcedure>> {
    const scope = hub.regions.scopeOf(knownRegion({ hub }, region));
    madePublic();
    return readPage<ApprovedAllocationProcedure>(
      hub.cursors,
      { first, after },
      {
        list: `allocation-procedures ${region}`,
        keyOf: ({ regionCode, version }) => [regionCode, -version],
        read: async (from, limit) =>
          (await hub.db.publicReader.query({ ...PAGE, values: [scope, ...(from ?? BEFORE_ALL), limit] })).rows,
      },
    );
  }
}
