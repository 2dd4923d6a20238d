import { AdmissionFlow } from '../../../schema/admission/application';
import type { ReportBody } from '../../../schema/sharing/report-body';

/** 终审核查的事项, by the source that settles each (domain.md §3). */
const MATTERS = {
  property: '住房',
  'civil-affairs': '收入',
  'provident-fund': '公积金',
  police: '户籍',
  vehicle: '车辆',
} as const;
type Source = keyof typeof MATTERS;

/** 旗县: housing, income, fund, household registration, vehicles; 设区城市: the district has settled income before. */
const VERIFIED: Readonly<Record<AdmissionFlow, readonly Source[]>> = {
  [AdmissionFlow.COUNTY_FLOW]: ['property', 'civil-affairs', 'provident-fund', 'police', 'vehicle'],
  [AdmissionFlow.DISTRICTED_FLOW]: ['property', 'provident-fund', 'police', 'vehicle'],
};

const SETTLED = ['FOUND', 'NOT_FOUND'];
const BY_OFFICERS = 'PASS_BY_EVIDENCE';

/**
 * Matters that the last review has to verify and has not, with the members nobody has told of, in words; empty: all are. A
 * matter is verified where its source has told of every member, or officers have settled by paper what it did not tell of that member.
 */
export function unverified(report: ReportBody | undefined, flow: AdmissionFlow): string {
  const open = VERIFIED[flow].flatMap((source) => {
    const state = report?.sources.find((each) => each.source === source);
    const onPaper = settledOnPaper(report, source);
    const unsettled = (state?.members ?? []).filter(({ status }) => !SETTLED.includes(status));
    const members = unsettled.filter(({ person }) => !onPaper.has(person));
    if (state && state.members.length > 0 && members.length === 0) return [];
    const whom = members.length > 0 ? `（成员 ${members.map(({ person }) => person).join('、')}）` : '';
    return [`${MATTERS[source]}${whom}`];
  });
  return open.length > 0 ? `尚未核实：${open.join('；')}` : '';
}

/** Of whom officers have settled by paper what the source did not tell. */
function settledOnPaper(report: ReportBody | undefined, source: Source): ReadonlySet<string> {
  const papered = report?.findings.filter(({ outcome }) => outcome === BY_OFFICERS) ?? [];
  const missed = papered.flatMap(({ missing }) => missing.filter((each) => each.source === source));
  return new Set(missed.map(({ person }) => person));
}
