import { HubError } from '../../errors';
import type { PaperKind } from '../kind';

const QUESTION = `query ($id: ID!) { application(id: $id) { id publicities { id round place url snapshot snapshotHash postedOn lastDay } } }`;

interface Posted {
  readonly id: string;
  readonly round: number;
  readonly place: string;
  readonly url: string | null;
  readonly snapshot: string;
  readonly snapshotHash: string;
  readonly postedOn: string;
  readonly lastDay: string;
}

/** 公示: the masked text exactly as it was posted, with its hash; the last one, or that of `round`. */
export const publicityNotice: PaperKind = async (ask, id, { round }) => {
  const { application } = await ask<{ application: { publicities: readonly Posted[] } | null }>(QUESTION, { id });
  const posted = application?.publicities.findLast((each) => round === undefined || String(each.round) === round);
  if (!posted) throw new HubError('NOT_FOUND', round === undefined ? 'id' : 'round');
  const from = [{ source: '公示', record: posted.id, asOf: posted.postedOn }];
  return {
    title: '住房保障申请公示',
    number: posted.snapshotHash,
    parts: [
      {
        title: '公示内容',
        figures: [
          ...Object.entries(JSON.parse(posted.snapshot) as Record<string, unknown>).map(([label, value]) => ({
            ...{ label, value: String(value), from },
          })),
          { label: '公示原文', value: posted.snapshot, from },
          { label: '公示网址', value: posted.url, from },
          { label: 'SHA-256', value: posted.snapshotHash, from },
        ],
      },
    ],
  };
};
