import { createHash, timingSafeEqual } from 'node:crypto';
import type { Logger } from '../../log';
import { jsonOf, serveHttp, type HttpReply, type HttpRequest, type HttpServer } from './http';
import { BehaviourChange, MODES } from './mode';
import type { Station } from './station';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** What the control shows of an agency. Never a credential, never whom it was asked about. */
export const stateOf = (station: Station) => ({ ...station.behaviour, counts: station.tally.get() });

const refusal = (status: number, message: string): HttpReply => ({ status, body: { error: message } });

/**
 * The control of a running sandbox, on loopback, for the bearer of its token:
 * GET /agencies · GET /settings (what each agency's connector is told) · PUT /agencies/{name} with a BehaviourChange · DELETE /counts.
 */
export function serveControl(stations: ReadonlyMap<string, Station>, token: string, log: Logger): Promise<HttpServer> {
  const expected = digest(`Bearer ${token}`);
  const answer = async (request: HttpRequest): Promise<HttpReply> => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return refusal(401, '控制令牌无效');
    const route = `${request.method} ${request.path}`;
    if (route === 'GET /agencies')
      return { status: 200, body: Object.fromEntries([...stations].map(([name, it]) => [name, stateOf(it)])) };
    if (route === 'GET /settings')
      return { status: 200, body: Object.fromEntries([...stations].map(([name, it]) => [name, it.settings])) };
    if (route === 'DELETE /counts') {
      for (const station of stations.values()) station.tally.reset();
      return { status: 200, body: {} };
    }
    const station = stations.get(/^PUT \/agencies\/([\w-]+)$/.exec(route)?.[1] ?? '');
    if (!station) return refusal(404, `没有这个部门，可选：${[...stations.keys()].join('、')}`);
    const change = BehaviourChange.safeParse(jsonOf(request.body));
    if (!change.success || !station.knows(change.data.mode))
      return refusal(400, `设置不合法；mode 可选：${MODES.filter((mode) => station.knows(mode)).join('、')}`);
    await station.change(change.data);
    return { status: 200, body: stateOf(station) };
  };
  const fault = (status: 413 | 500) => refusal(status, status === 413 ? '请求过大' : '切换失败，请查看日志');
  return serveHttp({ answer, fault }, log);
}
