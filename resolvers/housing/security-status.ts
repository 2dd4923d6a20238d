import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { beijingDay } from '../../src/access/day';
import type { PersonalSelect } from '../../src/audit/reads';
import { clause, guardOf } from '../../src/clauses';
import type { RequestContext } from '../../src/context';
import { HubError } from '../../src/errors';
import { readPersonal } from '../../src/store/reads';
import { SecurityStatus } from '../../schema/housing/security-status';
import { recordId } from '../identifier';

/** Names of a grant that allow it, as `source.field`. */
const ALLOWED = 'housing.security';
const SHARED = guardOf(clause('IM-5.6(a)'));

/** Members of today of what is held today; where somebody holds two, the older. */
const STATUS: PersonalSelect = {
  name: 'security-status',
  takes: 2,
  text: `select p.id as person_id, held.programme is not null as secured, held.programme, held.region_code as "regionCode"
         from person p left join lateral (
           select e.programme, e.region_code from household_member m join entitlement e using (household_id)
           where m.person_id = p.id and m.from_date <= $2::date and (m.to_date is null or m.to_date >= $2::date)
             and e.since <= $2::date and (e.until is null or e.until >= $2::date) order by e.since, e.id limit 1
         ) as held on true
         where p.id = $1::uuid`,
};

@Resolver()
export class SecurityStatusResolver {
  @Query(() => SecurityStatus, {
    nullable: true,
    description: '某人今日是否在享住房保障：仅限获准此项（housing.security）的共享单位',
  })
  async securityStatus(@Arg('person', () => ID) person: string, @Ctx() ctx: RequestContext): Promise<SecurityStatus> {
    const { hub, viewer } = ctx;
    if (!viewer.partner?.fields.includes(ALLOWED)) throw SHARED.refuse(new HubError('GRANT_NOT_IN_FORCE'));
    SHARED.let();
    const values = [recordId(person, 'person'), beijingDay(hub.now())];
    const look = { source: 'housing', fields: ['security'] };
    const [status] = await readPersonal<SecurityStatus>(hub.db.app, STATUS, values, look, ctx);
    if (!status) throw new HubError('NOT_FOUND', 'person');
    return status;
  }
}
