import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beijingDay, secondsToNextDay } from '../access/day';
import type { Hub } from '../context';
import { HubError } from '../errors';
import { recordId } from '../../resolvers/identifier';
import { PAGE_STYLE } from '../store/admission/publicity-page';
import { PUBLICITY_PATH } from '../store/admission/publicity-url';
import { holdsTag } from './entity-tag';
import type { Guard } from './limits/guard';
import { letPublicIn } from './public-door';
import { refuseMethod } from './refuse-method';

interface PublicPage {
  readonly page: string | null;
  readonly hash: string;
  readonly lastDay: string;
}

const PAGE = {
  name: 'published-publicity',
  text: 'select case when last_day >= $2 then page end as page, page_hash as hash, last_day as "lastDay" from published_publicity where id = $1',
};
const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'x-robots-tag': 'noindex, noarchive',
} as const;
/** Between us and the reader a page may be kept so long; never beyond its last day. */
const KEPT_S = 60;

/** 公示页: what is posted of an application while its publicity runs, for anybody; then 410 for ever. */
export function openPublicityDoor(app: FastifyInstance, hub: Hub, guard: Guard): void {
  const answer = async ({ params, headers, raw }: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply) => {
    await letPublicIn(guard, raw);
    const now = hub.now();
    const { page, hash, lastDay } = await guard.publicAdmission.admit(() => pageOf(hub, params.id, beijingDay(now)));
    if (page === null) throw new HubError('PUBLICITY_TAKEN_DOWN', 'id');
    const left = lastDay === beijingDay(now) ? Math.min(KEPT_S, secondsToNextDay(now)) : KEPT_S;
    const etag = `"${hash}"`;
    reply.headers({ ...HEADERS, etag, 'cache-control': `public, max-age=${left}, must-revalidate` });
    return holdsTag(headers['if-none-match'], etag) ? reply.code(304).send() : reply.send(page);
  };
  app.get(`${PUBLICITY_PATH}/:id`, answer);
  app.route({
    ...{ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url: `${PUBLICITY_PATH}/:id`, handler: refuseMethod('GET, HEAD') },
  });
}

async function pageOf({ db }: Hub, id: string, today: string): Promise<PublicPage> {
  const { rows } = await db.publicReader.query<PublicPage>({ ...PAGE, values: [recordId(id), today] });
  if (!rows[0]) throw new HubError('NOT_FOUND', 'id');
  return rows[0];
}
