import { MarriageStatus, type CivilAffairsRecord } from '../../../connectors/civil-affairs/record';
import type { HouseholdRegisterRecord } from '../../../connectors/police/record';
import type { PropertyRecord } from '../../../connectors/property/record';
import type { VehicleRecord } from '../../../connectors/vehicle/record';
import { ChangeKind } from '../../../schema/review/change';

/** Something that a person has, is or was at a source. */
export interface Item {
  readonly kind: ChangeKind;
  /** What makes it the same at the next look. */
  readonly same: string;
  readonly item: string | null;
  /** 'YYYY-MM-DD' of the register; null where it knows none. */
  readonly datedOn: string | null;
}

type Value<Row> = Partial<Row>;

/** A corrected day of a death is no second death. */
const death = (datedOn: string | null): Item[] =>
  datedOn === null ? [] : [{ kind: ChangeKind.DEATH, same: 'death', item: null, datedOn }];

const MARRIED: Item = { kind: ChangeKind.MARRIAGE, same: 'married', item: null, datedOn: null };

/** By source; undefined where the answer does not hold what it was asked for. */
const READERS: Readonly<Record<string, (value: never) => Item[] | undefined>> = {
  property: ({ units }: Value<PropertyRecord>) =>
    units?.map(({ unitCode, registeredOn }) => ({
      ...{ kind: ChangeKind.NEW_HOME, same: `unit ${unitCode}`, item: unitCode, datedOn: registeredOn },
    })),
  vehicle: ({ vehicles }: Value<VehicleRecord>) =>
    vehicles?.map(({ plate, plateKind, firstRegisteredOn }) => ({
      ...{ kind: ChangeKind.NEW_VEHICLE, same: `plate ${plateKind} ${plate}`, item: plate, datedOn: firstRegisteredOn },
    })),
  'civil-affairs': ({ marriageStatus, deceasedOn }: Value<CivilAffairsRecord>) =>
    marriageStatus === undefined || deceasedOn === undefined
      ? undefined
      : [...death(deceasedOn), ...(marriageStatus === MarriageStatus.MARRIED ? [MARRIED] : [])],
  police: ({ deceasedOn }: Value<HouseholdRegisterRecord>) =>
    deceasedOn === undefined ? undefined : death(deceasedOn),
};

/** What an answer of a source holds of what is watched. Null: the source knows nobody by that number. */
export function itemsOf(source: string, value: Readonly<Record<string, unknown>> | null): Item[] | undefined {
  if (value === null) return [];
  return READERS[source]?.(value as never);
}
