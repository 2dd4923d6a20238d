import { beijingDay } from '../../access/day';
import { asOwner } from '../../store/owner';

/** A partner as the operator sees it. */
export interface ListedPartner {
  readonly clientId: string;
  readonly name: string;
  readonly agency: string;
  readonly creditCode: string | null;
  readonly keys: readonly string[];
  readonly grants: readonly {
    readonly purpose: string;
    readonly regions: readonly string[];
    readonly fields: number;
    readonly from: string;
    readonly until: string;
    readonly dailyPersons: number;
    readonly reachedToday: number;
  }[];
  readonly documents: readonly {
    readonly name: string;
    readonly hash: string;
    readonly purpose: string;
    readonly clause: string;
    readonly rowCap: number;
  }[];
}

const LIST = `
  select p.client_id as "clientId", p.name, p.agency, p.credit_code as "creditCode", array(select k->>'kid' from jsonb_array_elements(p.keys) k) as keys,
    coalesce((select json_agg(json_build_object('purpose', g.purpose, 'regions', g.regions, 'fields', cardinality(g.fields), 'from', g.valid_from,
        'until', g.valid_until, 'dailyPersons', g.daily_persons, 'reachedToday', coalesce(d.persons, 0)) order by g.purpose)
      from sharing_grant g left join partner_day d on d.client_id = g.client_id and d.purpose = g.purpose and d.day = $1::date
      where g.client_id = p.client_id and g.revoked_at is null), '[]') as grants,
    coalesce((select json_agg(json_build_object('name', name, 'hash', hash, 'purpose', purpose, 'clause', clause, 'rowCap', row_cap) order by name)
      from partner_document where client_id = p.client_id and withdrawn_at is null), '[]') as documents
  from partner p order by p.client_id`;

export const readPartners = (ownerUrl: string): Promise<ListedPartner[]> =>
  asOwner(ownerUrl, async (owner) => (await owner.query<ListedPartner>(LIST, [beijingDay(new Date())])).rows);

export function toLines(partners: readonly ListedPartner[]): string[] {
  if (partners.length === 0) return ['no partners: npm run hub -- partner add --help'];
  return partners.flatMap(({ clientId, name, agency, creditCode, keys, grants, documents }) => [
    `${clientId}  ${name} (${[agency, creditCode].filter(Boolean).join(' ')})  keys: ${keys.join(', ') || 'none'}`,
    ...grants.map(
      ({ purpose, regions, fields, from, until, dailyPersons, reachedToday }) =>
        `  grant     ${purpose}  ${regions.join(',')}  ${fields} fields  ${from} to ${until}  ${reachedToday} of ${dailyPersons} persons today`,
    ),
    ...documents.map(
      ({ name: title, hash, purpose, clause, rowCap }) =>
        `  document  ${title}  sha256:${hash}  ${purpose}  ${clause}  at most ${rowCap} persons`,
    ),
  ]);
}
