import { HubError } from '../../errors';
import type { Ask, PaperKind } from '../kind';
import type { Figure, Figures } from '../paper';
import { inChinese } from '../words';
import {
  applicantOf,
  contractsOf,
  householdOf,
  ours,
  regionOf,
  stepsOf,
  templateOf,
  type Clause,
  type Contract,
  type TenancyStep,
} from './contracts';

const EXITS = `query ($region: String!, $of: ID) { exitCases(region: $region, of: $of) { nodes { id regionCode reviewId ground openedOn household { id } } } }`;

interface Exit {
  readonly id: string;
  readonly regionCode: string;
  readonly reviewId: string;
  readonly ground: string;
  readonly openedOn: string;
  readonly household: { readonly id: string };
}

/** A contract and the clause of it that an order names. */
interface Bound {
  readonly contract: Contract;
  readonly templateId: string;
  readonly clause: Clause;
}

/** 责令退出通知书: on what ground, by which clause of the contract, and until when; `region` names where the case lies. */
export const exitOrder: PaperKind = async (ask, id, { region }) => {
  const { exitCases } = await ask<{ exitCases: { nodes: readonly Exit[] } }>(EXITS, {
    ...{ region: regionOf(region), of: id },
  });
  const [exit] = exitCases.nodes;
  const order = exit?.id === id ? (await stepsOf(ask, id)).findLast(({ kind }) => kind === 'ORDER') : undefined;
  if (!exit || !order) throw new HubError('NOT_FOUND', 'id');
  const bound = await boundBy(ask, exit, order);
  return {
    title: '责令退出住房保障通知书',
    number: order.documentNumber ?? exit.id,
    parts: [await addressee(ask, exit), decision(exit, order, bound)],
  };
};

/** The contract that stood when the order was given; none where the household lives there without one. */
async function boundBy(ask: Ask, { regionCode, household }: Exit, order: TenancyStep): Promise<Bound | undefined> {
  const drawn = (await contractsOf(ask, regionCode, household.id))
    .filter(
      ({ state, drawnAt }) => state !== 'DRAFT' && state !== 'RENEWED' && Date.parse(drawnAt) <= Date.parse(order.at),
    )
    .sort((a, b) => b.startsOn.localeCompare(a.startsOn));
  for (const contract of drawn) {
    const { id: templateId, clauses } = await templateOf(ask, contract);
    const clause = clauses.find(({ id, group }) => group === 'EXIT' && id === order.clauseId);
    if (clause) return { contract, templateId, clause };
  }
  return undefined;
}

async function addressee(ask: Ask, exit: Exit): Promise<Figures> {
  const household = await householdOf(ask, exit.household.id);
  const applicant = applicantOf(household);
  const ofFile = [ours(household.id)];
  return {
    title: '保障对象',
    figures: [
      {
        label: '姓名',
        value: applicant?.declaredName ?? null,
        from: applicant ? [ours(applicant.id, applicant.since)] : ofFile,
      },
      { label: '档案编号', value: household.fileNumber, from: ofFile },
      { label: '区划', value: household.region?.name ?? null, from: ofFile },
    ],
  };
}

function decision({ id, reviewId, ground, openedOn }: Exit, order: TenancyStep, bound: Bound | undefined): Figures {
  const from = [ours(order.id, order.onDay)];
  const said = (label: string, value: string | null): Figure => ({ label, value, from });
  return {
    title: '决定',
    figures: [
      { label: '退出事由', value: inChinese('ground', ground), from: [ours(id, openedOn), ours(reviewId)] },
      said('合同退出条款', order.clauseId),
      ...(bound
        ? [
            {
              label: '条款内容',
              value: bound.clause.text,
              from: [{ source: '合同范本', record: bound.templateId, asOf: null }],
            },
            { label: '所签合同', value: bound.contract.id, from: [ours(bound.contract.id, bound.contract.startsOn)] },
          ]
        : []),
      said('退出期限', order.dueOn),
      said('决定之日', order.onDay),
      said('文号', order.documentNumber),
      said('作出部门', `${inChinese('role', order.role)} ${order.office}`),
      said('经办人', order.takenBy),
      said('理由', order.note),
    ],
  };
}
