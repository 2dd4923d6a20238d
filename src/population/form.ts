/*
 * The form of the demonstration: fields of a real city's form (Xuzhou's, the one of which a field list was seen), shortened, with the facts
 * that the agencies tell. Made up where it comes to law: its number says so.
 */
const shared = (source: string, fact: string) => ({ source, fact });

export const DEMO_FORM = {
  title: '住房保障申请审核表（演示）',
  documentNumber: '演示文件，无文号',
  fields: [
    { key: 'phone', label: '联系电话', kind: 'TEXT', required: true },
    { key: 'employer', label: '工作单位', kind: 'TEXT', required: false },
    {
      ...{ key: 'dwelling-nature', label: '现住房性质', kind: 'CHOICE', required: true },
      choices: ['直管公房', '单位公房', '租赁私房', '自有私房', '借住'],
    },
    { key: 'dwelling-area', label: '现住房使用面积', kind: 'AREA_CM2', required: true },
    { key: 'yearly-income', label: '家庭年收入', kind: 'MONEY_FEN', required: true },
    {
      ...{ key: 'owned-area', label: '自有住房面积', kind: 'AREA_CM2', required: true },
      ...{ ...shared('property', 'ownedAreaCm2'), everyone: true },
    },
    { key: 'transferred', label: '五年内是否转让住房', kind: 'YES_NO', required: true },
  ],
  documents: [
    { kind: 'IDENTITY', label: '身份证复印件' },
    { kind: 'HUKOU', label: '户口簿复印件' },
    { kind: 'INCOME', label: '收入证明' },
  ],
} as const;
