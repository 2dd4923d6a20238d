import { HubError } from '../../errors';
import type { FormFieldKind } from '../../../schema/admission/form-template';
import { SOURCE_TITLES } from '../../../schema/sharing/field-titles';
import { HUB_SOURCE, type PaperKind } from '../kind';
import type { Evidence, Figure, Figures, Paper, Table } from '../paper';
import { inChinese, measuredIn, written } from '../words';

const QUESTION = `query ($id: ID!) { application(id: $id) {
  id caseId receipt submittedOn flow
  household { id fileNumber region { name }
    members { id relation declaredName since until person { id birthDate idNumber } }
    cases { id programme submittedOn declaredIncomeFen } }
  form { template { id title version documentNumber validFrom } fields { field { key label kind source } value shared { value asOf answerId } } gaps { label } }
  documents { id kind name takenOn withdrawnOn sha256 } } }`;

interface Applied {
  readonly id: string;
  readonly caseId: string;
  readonly receipt: string | null;
  readonly submittedOn: string | null;
  readonly flow: string;
  readonly household: {
    readonly id: string;
    readonly fileNumber: string;
    readonly region: { readonly name: string } | null;
    readonly members: readonly {
      readonly id: string;
      readonly relation: string;
      readonly declaredName: string | null;
      readonly since: string;
      readonly until: string | null;
      readonly person: { readonly id: string; readonly birthDate: string | null; readonly idNumber: string | null };
    }[];
    readonly cases: readonly {
      readonly id: string;
      readonly programme: string;
      readonly submittedOn: string;
      readonly declaredIncomeFen: number | null;
    }[];
  } | null;
  readonly form: {
    readonly template: { readonly title: string; readonly version: number; readonly documentNumber: string };
    readonly fields: readonly {
      readonly field: { readonly label: string; readonly kind: FormFieldKind; readonly source: string | null };
      readonly value: string | null;
      readonly shared:
        | readonly { readonly value: string | null; readonly asOf: string; readonly answerId: string }[]
        | null;
    }[];
    readonly gaps: readonly { readonly label: string }[];
  } | null;
  readonly documents:
    | readonly {
        readonly id: string;
        readonly kind: string;
        readonly name: string | null;
        readonly takenOn: string;
        readonly withdrawnOn: string | null;
        readonly sha256: string;
      }[]
    | null;
}

const ours = (record: string, asOf: string | null = null): Evidence => ({ source: HUB_SOURCE, record, asOf });

/** 申请审核表, as it is filled. */
export const applicationForm: PaperKind = async (ask, id) => {
  const { application } = await ask<{ application: Applied | null }>(QUESTION, { id });
  if (!application?.household) throw new HubError('NOT_FOUND', 'id');
  const { form } = application;
  return {
    title: form?.template.title ?? '住房保障申请表',
    number: application.receipt ?? application.id,
    parts: [
      about(application, application.household),
      members(application.household),
      ...(form ? [fields(application, form)] : []),
      documents(application),
    ],
  } satisfies Paper;
};

function about({ id, caseId, submittedOn, flow }: Applied, household: NonNullable<Applied['household']>): Figures {
  const itsCase = household.cases.find((each) => each.id === caseId);
  const ofCase = [ours(caseId, itsCase?.submittedOn ?? null)];
  return {
    title: '申请',
    figures: [
      { label: '区划', value: household.region?.name ?? null, from: [ours(household.id)] },
      { label: '档案编号', value: household.fileNumber, from: [ours(household.id)] },
      { label: '保障方式', value: inChinese('programme', itsCase?.programme ?? null), from: ofCase },
      { label: '申报的家庭月收入', value: measuredIn('fen', itsCase?.declaredIncomeFen ?? null), from: ofCase },
      { label: '提交之日', value: submittedOn, from: [ours(id, submittedOn)] },
      { label: '审核流程', value: inChinese('flow', flow), from: [ours(id)] },
    ],
  };
}

const members = (household: NonNullable<Applied['household']>): Table => ({
  title: '家庭成员',
  heading: ['姓名', '与申请人关系', '出生日期', '公民身份号码', '入户日期'],
  rows: household.members
    .filter(({ until }) => until === null)
    .map(({ id, declaredName, relation, person, since }) => ({
      cells: [declaredName, inChinese('relation', relation), person.birthDate, person.idNumber, since],
      from: [ours(id, since), ours(person.id)],
    })),
});

/** What a source has told stands in place of what the applicant would write. */
const fields = ({ id }: Applied, { template, fields: all, gaps }: NonNullable<Applied['form']>): Figures => ({
  title: `表项（${template.documentNumber}，第 ${template.version} 版）`,
  figures: [
    ...all.flatMap(({ field: { label, kind, source }, value, shared }): Figure[] =>
      shared && shared.length > 0
        ? shared.map((told) => ({
            ...{ label, value: written(kind, told.value) },
            from: [{ source: SOURCE_TITLES[source!] ?? source!, record: told.answerId, asOf: told.asOf }],
          }))
        : [{ label, value: written(kind, value), from: [{ source: '申请人填写', record: id, asOf: null }] }],
    ),
    ...(gaps.length > 0
      ? [{ label: '待补事项', value: gaps.map(({ label }) => label).join('、'), from: [ours(id)] }]
      : []),
  ],
});

const documents = ({ documents: all }: Applied): Table => ({
  title: '申请材料',
  heading: ['种类', '名称', '收到之日', 'SHA-256'],
  rows: (all ?? [])
    .filter(({ withdrawnOn }) => withdrawnOn === null)
    .map(({ id, kind, name, takenOn, sha256 }) => ({
      cells: [inChinese('document', kind), name, takenOn, sha256],
      from: [ours(id, takenOn)],
    })),
});
