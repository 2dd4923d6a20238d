import { randomUUID } from 'node:crypto';
import { freeText, maybeText } from '../access/free-text';
import type { RequestContext } from '../context';
import { HubError } from '../errors';
import { onDwelling } from '../store/tenancy/dwelling-step';
import type { AreaKind } from '../../schema/area-kind';
import { Programme } from '../../schema/programme';
import { Dwelling, type DwellingRaising, type DwellingState } from '../../schema/tenancy/dwelling';

export interface RecordDwelling {
  readonly region: string;
  readonly unitCode: string;
  readonly project: string;
  readonly address: string;
  readonly programme: Programme;
  readonly unitType: string;
  readonly areaCm2: number;
  readonly areaKind: AreaKind;
  readonly owner: string;
  readonly manager: string;
  readonly rentStandard?: string | null;
  readonly raising?: DwellingRaising | null;
  /** Where it stands: planned, being built, completed or deliverable. */
  readonly state: DwellingState;
}

const UNIT_CODE = /^\d{12}[GJZ][A-Z]\d{5}[FLQW]\d{8}$/;
const WORDS = 100;

/** 登记一套保障性住房 in a county of the caller's. Errors: NOT_FOUND, INVALID_INPUT naming the field, DWELLING_RECORDED. */
export async function recordDwelling(ctx: RequestContext, input: RecordDwelling): Promise<Dwelling> {
  const { region: regionCode, unitCode, programme, areaCm2, areaKind, state, raising = null } = input;
  if (!ctx.viewer.regions.includes(regionCode)) throw new HubError('NOT_FOUND', 'region');
  if (!UNIT_CODE.test(unitCode)) throw new HubError('INVALID_INPUT', 'unitCode', '须为 28 位不动产单元代码');
  if (programme === Programme.RENTAL_SUBSIDY) throw new HubError('INVALID_INPUT', 'programme', '租赁补贴没有房源');
  if (areaCm2 <= 0) throw new HubError('INVALID_INPUT', 'areaCm2', '须为正数');
  const told = {
    project: freeText(input.project, 'project', WORDS),
    address: freeText(input.address, 'address', WORDS),
    unitType: freeText(input.unitType, 'unitType', WORDS),
    owner: freeText(input.owner, 'owner', WORDS),
    manager: freeText(input.manager, 'manager', WORDS),
    rentStandard: maybeText(input.rentStandard, 'rentStandard'),
  };
  return onDwelling(ctx, 'recordDwelling', async (em) => {
    const { viewer, hub } = ctx;
    const dwelling = em.create(Dwelling, {
      ...{ id: randomUUID(), regionCode, unitCode, programme, areaCm2, areaKind, state, raising, version: 0, ...told },
      ...{ recordedAt: hub.now(), recordedBy: viewer.subject },
    });
    await em.persist(dwelling).flush();
    return dwelling;
  });
}
