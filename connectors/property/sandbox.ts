import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgencyContext, AgencyServer, SandboxAgency } from '../../src/exchange/sandbox/agency';
import { Freshness } from '../../src/exchange/sandbox/freshness';
import { inMode, jsonOf, serveHttp, type HttpReply, type HttpRequest } from '../../src/exchange/sandbox/http';
import { dayOfData, lookUp } from '../../src/exchange/sandbox/register';
import { UNIT_REGISTER, unitAnswer, UnitQuery, type UnitRow } from './sandbox-answer';
import { MEANINGS } from './sandbox-modes';
import { signatureFault } from './sandbox-signature';

const PATH = '/v1/units/query';
const KEY_ID = 'hub';

const MESSAGES = {
  BAD_REQUEST: '请求报文不符合接口规范',
  BAD_SIGNATURE: '签名无效',
  CLOCK_SKEW: '时间戳超出允许范围',
  REPLAYED: '请求重复',
  TOO_LARGE: '报文过大',
  BUSY: '系统繁忙',
  INTERNAL: '系统异常',
  NO_SUCH_PATH: '接口不存在',
};

function refusal(status: number, code: keyof typeof MESSAGES): HttpReply {
  const headers = status === 429 ? { 'retry-after': '2' } : undefined;
  return { status, headers, body: { code, message: MESSAGES[code] } };
}

/** 不动产登记中心 (产权产籍): signed REST as in openapi.json, over property.unit. */
export const propertySandbox: SandboxAgency = {
  meanings: MEANINGS,
  async open(context: AgencyContext): Promise<AgencyServer> {
    const contract = readFileSync(join(__dirname, 'openapi.json'), 'utf8');
    const owner = { keyId: KEY_ID, key: context.secret('key') };
    const freshness = new Freshness(context.clock);
    const server = await serveHttp(
      {
        answer: (request) => {
          if (request.method === 'GET' && request.path === '/v1/openapi.json')
            return { status: 200, body: JSON.parse(contract) };
          if (request.method !== 'POST' || request.path !== PATH) return refusal(404, 'NO_SUCH_PATH');
          const fault = signatureFault(request, owner, freshness);
          if (!fault) return query(request, context);
          context.tally.add('refused');
          return refusal(401, fault);
        },
        fault: (status) => refusal(status, status === 413 ? 'TOO_LARGE' : 'INTERNAL'),
      },
      context.log,
    );
    return {
      upstream: { host: '127.0.0.1', port: server.port },
      settings: (port) => ({ url: `http://127.0.0.1:${port}`, ...owner }),
      close: server.close,
    };
  },
};

async function query(request: HttpRequest, context: AgencyContext): Promise<HttpReply> {
  const { mode } = context.behaviour();
  const asked = UnitQuery.safeParse(jsonOf(request.body));
  if (!asked.success) {
    context.tally.add('refused');
    return refusal(400, 'BAD_REQUEST');
  }
  const { items, subjects, purpose } = asked.data;
  context.tally.asked({ people: subjects.length, fields: items, purpose });
  if (mode === '429') return refusal(429, 'BUSY');
  if (mode === '500') return refusal(500, 'INTERNAL');
  if (mode === 'error-body') return { ...refusal(500, 'INTERNAL'), status: 200 };
  const people = subjects.map(({ ref, certNo, name }) => ({ ref, idNumber: certNo, name }));
  const entries = await lookUp<UnitRow>(context.world, UNIT_REGISTER, people, mode);
  return {
    status: 200,
    ...inMode(mode),
    body: unitAnswer(entries, items, mode, dayOfData(context.clock, mode), context.secret('record')),
  };
}
