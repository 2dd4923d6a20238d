import type { AgencyContext, AgencyServer, SandboxAgency } from '../../src/exchange/sandbox/agency';
import { inMode, jsonOf, serveHttp, type HttpReply, type HttpRequest } from '../../src/exchange/sandbox/http';
import type { Mode } from '../../src/exchange/sandbox/mode';
import { dayOfData, lookUp } from '../../src/exchange/sandbox/register';
import { Batch, batchAnswer, PERSON_REGISTER, type PersonRow } from './sandbox-answer';
import { MEANINGS } from './sandbox-modes';
import { findTicket, handIn } from './sandbox-ticket';
import { TokenDesk } from './sandbox-token';

const FAULTS = {
  400: ['invalid_request', '报文不符合接口规范'],
  401: ['invalid_token', '令牌缺失、无效或已过期'],
  404: ['unknown_ticket', '受理号不存在'],
  413: ['too_large', '报文过大'],
  429: ['busy', '系统繁忙'],
  500: ['server_error', '系统异常'],
} as const;

const TICKET = /^\/batches\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const FAULT_HEADERS: Partial<Record<keyof typeof FAULTS, Record<string, string>>> = {
  401: { 'www-authenticate': 'Bearer error="invalid_token"' },
  429: { 'retry-after': '2' },
};

function refusal(status: keyof typeof FAULTS): HttpReply {
  const [error, error_description] = FAULTS[status];
  return { status, headers: FAULT_HEADERS[status], body: { error, error_description } };
}

function faultIn(mode: Mode): HttpReply | undefined {
  if (mode === '429' || mode === '500') return refusal(Number(mode) as 429 | 500);
  return mode === 'error-body' ? { ...refusal(500), status: 200 } : undefined;
}

/** 民政: OAuth2 client credentials; a batch is handed in, its answers are fetched when they are ready. Over civil.person. */
export const civilAffairsSandbox: SandboxAgency = {
  meanings: MEANINGS,
  async open(context: AgencyContext): Promise<AgencyServer> {
    const desk = new TokenDesk(context);
    const server = await serveHttp(
      { answer: (request) => answer(request, desk, context), fault: refusal },
      context.log,
    );
    return {
      upstream: { host: '127.0.0.1', port: server.port },
      settings: (port) => ({ url: `http://127.0.0.1:${port}`, ...desk.client }),
      close: server.close,
    };
  },
};

function answer(request: HttpRequest, desk: TokenDesk, context: AgencyContext): Promise<HttpReply> | HttpReply {
  const route = `${request.method} ${request.path.replace(TICKET, '/batches/:ticket')}`;
  if (route === 'POST /oauth/token') return desk.issue(request);
  if (route !== 'POST /batches' && route !== 'GET /batches/:ticket') return refusal(404);
  if (!desk.accepts(request)) {
    context.tally.add('refused');
    return refusal(401);
  }
  return route === 'POST /batches' ? submit(request, context) : collect(request, context);
}

async function submit(request: HttpRequest, context: AgencyContext): Promise<HttpReply> {
  const { mode, readyAfterMs } = context.behaviour();
  const asked = Batch.safeParse(jsonOf(request.body));
  if (!asked.success) {
    context.tally.add('refused');
    return refusal(400);
  }
  const { persons, items, purpose } = asked.data;
  context.tally.asked({ people: persons.length, fields: items, purpose });
  const fault = faultIn(mode);
  if (fault) return fault;
  const { ticket, dueAt } = await handIn(context.world, asked.data, context.clock(), readyAfterMs);
  return stillWorking(ticket, dueAt, readyAfterMs);
}

async function collect(request: HttpRequest, context: AgencyContext): Promise<HttpReply> {
  const { mode } = context.behaviour();
  context.tally.add('polls');
  const fault = faultIn(mode);
  if (fault) return fault;
  const found = await findTicket(context.world, request.path.slice('/batches/'.length));
  if (!found) return refusal(404);
  const { ticket, asked, dueAt } = found;
  const remaining = dueAt.getTime() - context.clock().getTime();
  if (remaining > 0) return stillWorking(ticket, dueAt, remaining);
  const people = asked.persons.map(({ ref, cert, name }) => ({ ref, idNumber: cert, name }));
  const entries = await lookUp<PersonRow>(context.world, PERSON_REGISTER, people, mode);
  const body = batchAnswer(entries, asked.items, mode, dayOfData(context.clock, mode), context.secret('record'));
  return { status: 200, ...inMode(mode), body: { ticket, ...body } };
}

function stillWorking(ticket: string, dueAt: Date, remainingMs: number): HttpReply {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(remainingMs / 1000))) };
  return { status: 202, headers, body: { ticket, dueAt: dueAt.toISOString(), pollAfterMs: Math.max(remainingMs, 1) } };
}
