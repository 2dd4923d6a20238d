import type { RequestContext } from '../../src/context';
import type { Parameter } from '../../schema/sharing/parameter';
import type { Purpose } from '../../schema/sharing/purpose';
import { loaderOf } from '../loader';

const PURPOSES = { name: 'purposes', text: 'select code, title, basis, sources, fields from purpose order by code' };
const PARAMETERS = {
  name: 'parameters',
  text: `select id, code, region_code as "regionCode", programme, value, unit, document_number as "documentNumber", mark,
           valid_from as "validFrom", valid_to as "validTo", known_from as "knownFrom"
         from parameter where (region_code is null or region_code = any($1)) and ($2::text is null or code = $2)
         order by code, programme nulls first, length(region_code) nulls first, valid_from, known_from`,
};

/** All purposes: a handful, nobody's personal data, open to every role. */
export async function readPurposes({ hub }: RequestContext): Promise<Purpose[]> {
  const { rows } = await hub.db.app.query<Purpose>(PURPOSES);
  return rows;
}

export function loadPurpose(ctx: RequestContext, code: string): Promise<Purpose | null> {
  const loader = loaderOf(ctx, 'purposes', async (codes) => {
    const purposes = await readPurposes(ctx);
    return codes.map((wanted) => purposes.find((purpose) => purpose.code === wanted) ?? null);
  });
  return loader.load(code);
}

/** Numbers that hold in a region: its own and those of the regions above it, the widest first. The nearest counts. */
export async function readParameters(
  { hub }: RequestContext,
  region: string,
  code: string | null,
): Promise<Parameter[]> {
  const upwards: string[] = [];
  for (
    let at = hub.regions.find(region);
    at;
    at = at.parentCode === null ? undefined : hub.regions.find(at.parentCode)
  ) {
    upwards.push(at.code);
  }
  const { rows } = await hub.db.app.query<Parameter>({ ...PARAMETERS, values: [upwards, code] });
  return rows;
}
