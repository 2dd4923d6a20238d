import { admission, staffOf } from '../../admission/office-of';
import { documents } from '../../documents/support/office';
import { UNCOUNTED } from '../../server/support/stage';
import { honestFiles } from '../../support/files';
import { openRunningHub, type RunningHub } from '../../support/running-hub';

const HOUSEHOLDS = 80;

export interface Desk {
  readonly running: RunningHub;
  readonly desk: ReturnType<typeof documents>;
  readonly staff: ReturnType<typeof staffOf>;
  /** A draft, to which documents are handed in. */
  readonly application: string;
}

/** A running hub with an application of the county flow. */
export async function openDesk(settings: Readonly<Record<string, string>>, clock?: () => Date): Promise<Desk> {
  const running = await openRunningHub(HOUSEHOLDS, { ...UNCOUNTED, ...settings }, clock);
  const file = (await honestFiles(running)).find(
    ({ region }) => running.hub.regions.find(region)!.divisionKind !== 'DISTRICT',
  )!;
  const staff = staffOf(file, running);
  const { data, errors } = await admission(running).start(staff.committee, file);
  expect(errors).toEqual([]);
  return { running, desk: documents(running), staff, application: data.startApplication.id };
}
