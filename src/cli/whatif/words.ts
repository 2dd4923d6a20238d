import { PROGRAMME_TITLES, type Programme } from '../../../schema/programme';
import type { WhatIfBody } from './report';
import { EFFECTS, type Effect } from './tally';

const TITLES: Readonly<Record<Effect, string>> = {
  gains: '转为符合',
  loses: '转为拟不符合',
  becomesInconclusive: '转为待补证',
};

/** The report as lines for a person, Chinese; * is withheld. */
export function inWords(id: string, body: WhatIfBody, seconds: number): string[] {
  const { judged, asOf, counties, programmes, effects, proposedRules = [] } = body;
  const head = ['区划', ...programmes.map((code) => PROGRAMME_TITLES[code as Programme]), '合计'].join('\t');
  return [
    `试算报告 ${id}  判断日 ${asOf}  ${judged} 户  每秒 ${Math.round(judged / seconds)} 户`,
    ...proposedRules.map(({ code, title, since, until }) => `规则草案 ${code} ${title}（${since} – ${until ?? ''}）`),
    ...EFFECTS.flatMap((effect) => [
      '',
      `${TITLES[effect]}（* 不公开：少于 5 户，或可由合计推出）`,
      head,
      ...effects[effect].map((row, at) => [counties[at] ?? '合计', ...row.map((count) => count ?? '*')].join('\t')),
    ]),
  ];
}
