import { HubError } from '../../errors';
import { HUB_SOURCE, type Ask } from '../kind';
import type { Evidence } from '../paper';

export interface Step {
  readonly id: string;
  readonly kind: string;
  readonly round: number;
  readonly onDay: string;
  readonly takenBy: string;
  readonly role: string;
  readonly office: string;
  readonly agency: string | null;
  readonly opinion: string | null;
  readonly documentNumber: string | null;
  readonly note: string | null;
  readonly reportHash: string | null;
}

export interface Stepped {
  readonly id: string;
  readonly receipt: string | null;
  readonly steps: readonly Step[];
  readonly household: {
    readonly id: string;
    readonly fileNumber: string;
    readonly region: { readonly name: string } | null;
    readonly notices:
      | readonly {
          readonly id: string;
          readonly basisId: string;
          readonly dueOn: string | null;
          readonly body: string | null;
        }[]
      | null;
  };
}

const STEPS = `id receipt steps { id kind round onDay takenBy role office agency opinion documentNumber note reportHash }
  household { id fileNumber region { name }`;

/** An application with its steps, and with what was told of them where that is asked for. */
export async function steppedOf(ask: Ask, id: string, more = ''): Promise<Stepped> {
  const question = `query ($id: ID!) { application(id: $id) { ${STEPS} ${more} } } }`;
  const { application } = await ask<{ application: Stepped | null }>(question, { id });
  if (!application?.household) throw new HubError('NOT_FOUND', 'id');
  return application;
}

export const ofStep = ({ id, onDay, reportHash }: Step): Evidence[] => [
  { source: HUB_SOURCE, record: id, asOf: onDay },
  ...(reportHash === null ? [] : [{ source: '核对报告', record: reportHash, asOf: null }]),
];
