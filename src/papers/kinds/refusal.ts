import { HubError } from '../../errors';
import { HUB_SOURCE, type PaperKind } from '../kind';
import { inChinese } from '../words';
import { ofStep, steppedOf } from './steps';

/** 不予批准通知书: the last refusal, with its reasons and what is told of the appeal. */
export const refusal: PaperKind = async (ask, id) => {
  const { receipt, steps, household } = await steppedOf(ask, id, 'notices { id basisId dueOn body }');
  const refused = steps.findLast(({ kind }) => kind === 'REJECTION');
  if (!refused) throw new HubError('NOT_FOUND', 'id');
  const from = ofStep(refused);
  const told = household.notices?.find(({ basisId }) => basisId === refused.id);
  return {
    title: '不予批准住房保障申请通知书',
    number: receipt ?? id,
    parts: [
      {
        title: '决定',
        figures: [
          {
            label: '区划',
            value: household.region?.name ?? null,
            from: [{ source: HUB_SOURCE, record: household.id, asOf: null }],
          },
          {
            label: '档案编号',
            value: household.fileNumber,
            from: [{ source: HUB_SOURCE, record: household.id, asOf: null }],
          },
          { label: '决定之日', value: refused.onDay, from },
          { label: '作出部门', value: `${inChinese('role', refused.role)} ${refused.office}`, from },
          { label: '经办人', value: refused.takenBy, from },
          { label: '理由', value: refused.note, from },
          ...(told
            ? [{ label: '告知', value: told.body, from: [{ source: HUB_SOURCE, record: told.id, asOf: told.dueOn }] }]
            : []),
        ],
      },
    ],
  };
};
