import type { PaperKind } from '../kind';
import { inChinese } from '../words';
import { ofStep, steppedOf } from './steps';

const OPINIONS = [
  'ACCEPTANCE',
  'OPINION',
  'PASS',
  'REJECTION',
  'SENT_BACK',
  'APPROVAL',
  'APPEAL_UPHELD',
  'APPEAL_DISMISSED',
];

/** 审核意见表: who found what in which round, on which report. */
export const reviewOpinions: PaperKind = async (ask, id) => {
  const { receipt, steps } = await steppedOf(ask, id);
  return {
    title: '住房保障审核意见表',
    number: receipt ?? id,
    parts: [
      {
        title: '审核意见',
        heading: ['环节', '第几次', '日期', '经办人', '部门', '意见', '文号', '书面意见'],
        rows: steps
          .filter(({ kind }) => OPINIONS.includes(kind))
          .map((step) => ({
            cells: [
              ...[inChinese('step', step.kind), String(step.round), step.onDay, step.takenBy],
              inChinese('agency', step.agency) ?? `${inChinese('role', step.role)} ${step.office}`,
              ...[inChinese('opinion', step.opinion), step.documentNumber, step.note],
            ],
            from: ofStep(step),
          })),
      },
    ],
  };
};
