import { randomUUID } from 'node:crypto';
import type { RequestContext } from '../../src/context';
import { hearExit } from '../../src/commands/hear-exit';
import { orderExit } from '../../src/commands/order-exit';
import { publishContractTemplate } from '../../src/commands/publish-contract-template';
import { ClauseGroup, ContractKind } from '../../schema/tenancy/contract-template';
import type { Office } from '../commands/support/office';
import type { File } from '../support/files';
import type { RunningHub } from '../support/running-hub';
import { cityOf, desk, exitOpened, handedOver, inBatch } from '../tenancy/tenancy-of';

/** Not in the order of their groups: a paper sorts them. */
export const CLAUSES = [
  { id: '3', group: ClauseGroup.EXIT, text: '不再符合条件的，<应当>退出。' },
  { id: '1', group: ClauseGroup.RIGHTS_DUTIES, text: '双方的权利和义务。' },
  { id: '4', group: ClauseGroup.OTHER, text: '其他。' },
  { id: '2', group: ClauseGroup.BREACH_LIABILITY, text: '违约责任。' },
];

/** Verbs of a running hub, for a household that is there already. */
const officeOf = ({ base, hub }: RunningHub, { region, householdId }: File): Office =>
  ({
    ...{ base, hub, home: () => Promise.resolve({ id: householdId }) },
    as: (viewer = {}) => {
      const office = viewer.office ?? region;
      const whole = {
        subject: 'officer',
        role: 'COUNTY_HOUSING',
        ...viewer,
        office,
        regions: hub.regions.scopeOf(office),
      };
      return { hub, viewer: whole, purpose: null, requestId: randomUUID(), loaders: new Map() } as RequestContext;
    },
    rows: async (text: string, values: unknown[]) => (await base.owner.query(text, values)).rows,
  }) as Partial<Office> as Office;

/** A lease that was handed over on 2025-03-01 for three years on the first version of 2024; a second version came since. Its exit was ordered on 2026-11-03. */
export async function tenancyOf(running: RunningHub, file: File): Promise<{ contract: string; exit: string }> {
  const office = officeOf(running, file);
  const { county, city } = desk(office, file.region);
  const publish = (validFrom: string, clauses: typeof CLAUSES) =>
    publishContractTemplate(city(validFrom), {
      ...{
        region: cityOf(file.region),
        kind: ContractKind.LEASE,
        title: '配租合同',
        documentNumber: `房〔${validFrom}〕`,
        validFrom,
      },
      clauses,
    });
  await publish('2024-01-01', CLAUSES);
  const home = await inBatch(office, file.region);
  const { id: contract } = await handedOver(office, home, '2025-03-01');
  await publish(
    '2025-06-01',
    CLAUSES.map((each) => ({ ...each, text: '新版。' })),
  );
  const exit = await exitOpened(office, home, '2026-11-01');
  await hearExit(county('2026-11-02', 'one'), { exitId: exit, version: 0, record: '无异议' });
  await orderExit(county('2026-11-03', 'two'), {
    ...{ exitId: exit, version: 1, documentNumber: '退7号', clauseId: '3', leaveBy: '2026-12-31' },
  });
  return { contract, exit };
}
