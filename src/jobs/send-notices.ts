import { beijingDay } from '../access/day';
import type { PersonalSelect } from '../audit/reads';
import { systemViewer, type Hub } from '../context';
import { causeOf, type Message } from '../notices/channel';
import type { Job } from '../queue/job';
import { noticeStep } from '../store/notices/step';
import { unlessOvertaken } from '../store/overtaken';
import { readPersonal } from '../store/reads';
import { HUB } from '../../schema/admission/moves';
import { NoticeStepKind } from '../../schema/notice/notice-step';

interface Due {
  readonly id: string;
  readonly version: number;
  readonly region: string;
  readonly attempts: number;
}

const BATCH = 200;
const DUE = `
  select id, version, region_code as region, attempts from notice where state = 'DUE' and next_attempt_at <= $1 order by due_on nulls first, id limit ${BATCH}`;
const MESSAGE: PersonalSelect = {
  name: 'message-of-notice',
  takes: 1,
  text: `select person_id, id, person_id as "personId", kind, body, result_on as "resultOn" from notice where id = $1`,
};
const LOOK = { source: 'housing', fields: ['notice'] };
/** The first pause after a failure; each that follows is twice as long. */
const PAUSE_MS = 5 * 60_000;

type Sending = Pick<Hub, 'db' | 'orm' | 'now' | 'channel'>;

/**
 * 发送告知: hands every notice that is due to the channel, then writes down what became of it, one transaction each. Killed between the
 * two it hands the same one over again, of which the channel makes nothing: none is lost, and none goes out twice.
 */
export const sendNotices: Job<Sending> = {
  task: 'send-notices',
  schedule: '*/5 * * * *',
  async run(_payload, hub, signal) {
    for (;;) {
      const { rows } = await hub.db.engine.query<Due>(DUE, [hub.now()]);
      for (const due of rows) {
        if (signal.aborted) return;
        await send(hub, due);
      }
      if (rows.length < BATCH) return;
    }
  },
};

async function send(hub: Sending, { id: noticeId, version, region, attempts }: Due): Promise<void> {
  const at = hub.now();
  const viewer = systemViewer(region, [region], 'hub:send-notices');
  const ctx = { hub, viewer, purpose: null, requestId: `send-notices:${noticeId}:${version}` };
  const [message] = await readPersonal<Message>(hub.db.app, MESSAGE, [noticeId], LOOK, ctx);
  if (!message) return;
  const on = { noticeId, version };
  const { id, personId, kind, body, resultOn } = message;
  const cause = await hub.channel.deliver({ id, personId, kind, body, resultOn }).then(() => null, causeOf);
  const step =
    cause === null
      ? noticeStep(ctx, 'sendNotice', NoticeStepKind.SENDING, on, { as: HUB, toldOn: beijingDay(at) })
      : noticeStep(ctx, 'sendNotice', NoticeStepKind.ATTEMPT, on, {
          as: HUB,
          cause,
          retryAt: retryAfter(at, attempts),
        });
  await step.catch(unlessOvertaken);
}

const retryAfter = (at: Date, attempts: number): Date => new Date(at.getTime() + PAUSE_MS * 2 ** attempts);
