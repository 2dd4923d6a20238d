import { HubError } from '../../errors';
import type { PaperKind } from '../kind';
import type { Figure, Figures, Paper, Table } from '../paper';
import { inChinese, measuredIn } from '../words';
import {
  applicantOf,
  contractsOf,
  householdOf,
  ours,
  regionOf,
  stepsOf,
  templateOf,
  type Contract,
  type Household,
  type Template,
  type TenancyStep,
} from './contracts';

const GROUPS = ['RIGHTS_DUTIES', 'BREACH_LIABILITY', 'EXIT', 'OTHER'];

/** 配租配售合同: its parties and terms, and the clauses of the version it was drawn on; `region` names where it lies. */
export const contract: PaperKind = async (ask, id, { region }) => {
  const [found] = await contractsOf(ask, regionOf(region), id);
  if (found?.id !== id) throw new HubError('NOT_FOUND', 'id');
  const template = await templateOf(ask, found);
  const household = await householdOf(ask, found.householdId);
  return {
    title: template.title,
    number: found.id,
    parts: [parties(found, household), terms(found), clauses(template), done(await stepsOf(ask, id))],
  } satisfies Paper;
};

/** A number stands alone in its cell. */
function parties({ id, partyKind, party, startsOn }: Contract, household: Household): Table {
  const applicant = applicantOf(household);
  const { fileNumber, region } = household;
  return {
    title: '当事人',
    heading: ['当事人', '姓名或名称', '公民身份号码', '档案编号', '区划'],
    rows: [
      { cells: [inChinese('party', partyKind), party, null, null, null], from: [ours(id, startsOn)] },
      {
        cells: [
          ...['保障对象', applicant?.declaredName ?? null, applicant?.person.idNumber ?? null],
          ...[fileNumber, region?.name ?? null],
        ],
        from: [
          ours(household.id),
          ...(applicant ? [ours(applicant.id, applicant.since), ours(applicant.person.id)] : []),
        ],
      },
    ],
  };
}

function terms(found: Contract): Figures {
  const from = [ours(found.id, found.startsOn)];
  const said = (label: string, value: string | null): Figure => ({ label, value, from });
  return {
    title: '约定',
    figures: [
      said('合同种类', inChinese('contract', found.kind)),
      said('保障方式', inChinese('programme', found.programme)),
      { label: '房源', value: found.dwellingId, from: [ours(found.dwellingId)] },
      said('面积', measuredIn('cm2', found.areaCm2)),
      said('签订时的月租金', measuredIn('fen', found.rentFen)),
      said('押金', measuredIn('fen', found.depositFen)),
      said('配售价款', measuredIn('fen', found.priceFen)),
      said('起始之日', found.startsOn),
      said('终止之日', found.endsOn),
      said('所续签的合同', found.predecessorId),
      said('状态', inChinese('contractState', found.state)),
      said('经办人', found.drawnBy),
    ],
  };
}

/** Group by group, as the prefecture published them. */
const clauses = ({ id, version, documentNumber, validFrom, clauses: all }: Template): Table => ({
  title: `条款（${documentNumber}，第 ${version} 版）`,
  heading: ['类别', '条款编号', '内容'],
  rows: GROUPS.flatMap((group) =>
    all
      .filter((each) => each.group === group)
      .map((each) => ({
        cells: [inChinese('clauses', group), each.id, each.text],
        from: [{ source: '合同范本', record: id, asOf: validFrom }],
      })),
  ),
});

const SIGNATURES: Readonly<Record<string, string>> = { SIGNING: '签订', FILING: '备案' };

const done = (steps: readonly TenancyStep[]): Table => ({
  title: '签订与备案',
  heading: ['事项', '日期', '文号', '经办人', '部门'],
  rows: steps
    .filter(({ kind }) => kind in SIGNATURES)
    .map(({ id, kind, onDay, documentNumber, takenBy, role, office }) => ({
      cells: [SIGNATURES[kind]!, onDay, documentNumber, takenBy, `${inChinese('role', role)} ${office}`],
      from: [ours(id, onDay)],
    })),
});
