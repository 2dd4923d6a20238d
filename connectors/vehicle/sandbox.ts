import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServerless } from 'soap';
import type { AgencyContext, AgencyServer, SandboxAgency } from '../../src/exchange/sandbox/agency';
import { Freshness } from '../../src/exchange/sandbox/freshness';
import { inMode, serveHttp, type HttpReply, type HttpRequest } from '../../src/exchange/sandbox/http';
import { dayOfData, lookUp } from '../../src/exchange/sandbox/register';
import { VEHICLE_REGISTER, vehicleAnswer, VehicleQuery, type VehicleRow } from './sandbox-message';
import { MEANINGS } from './sandbox-modes';
import { isAuthentic } from './sandbox-security';

const PATH = '/VehicleRegistry';

/** What the SOAP server turns into a soap:Fault of SOAP 1.1. */
const refusal = (statusCode: number, faultcode: string, faultstring: string) => ({
  Fault: { faultcode, faultstring, statusCode },
});

/** The same where the request never reached the SOAP server, or was no message to it. */
function bareFault(status: number, faultcode: string, faultstring: string): HttpReply {
  const fault = `<faultcode>${faultcode}</faultcode><faultstring>${faultstring}</faultstring>`;
  const body = `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>${fault}</soap:Fault></soap:Body></soap:Envelope>`;
  return { status, body };
}

/** 车辆管理所 (车管): SOAP 1.1 as in vehicle.wsdl, over vehicle.vehicle. */
export const vehicleSandbox: SandboxAgency = {
  meanings: MEANINGS,
  async open(context: AgencyContext): Promise<AgencyServer> {
    const wsdl = readFileSync(join(__dirname, 'vehicle.wsdl'), 'utf8');
    const owner = { username: 'hub', password: context.secret('password') };
    const answerSoap = await soapService(wsdl, owner, context);
    const server = await serveHttp(
      {
        answer: (request) => {
          if (request.path !== PATH) return bareFault(404, 'soap:Client', '服务不存在');
          return request.method === 'POST' ? answerSoap(request) : { status: 200, body: addressed(wsdl, request) };
        },
        fault: (status) =>
          status === 413 ? bareFault(413, 'soap:Client', '报文过大') : bareFault(500, 'soap:Server', '系统异常'),
      },
      context.log,
    );
    return {
      upstream: { host: '127.0.0.1', port: server.port },
      settings: (port) => ({ url: `http://127.0.0.1:${port}${PATH}`, ...owner }),
      close: server.close,
    };
  },
};

/** The WSDL with the address under which the caller reached us. */
function addressed(wsdl: string, request: HttpRequest): string {
  const host = /^[\w.:[\]-]+$/.exec(request.headers.host ?? '')?.[0] ?? '127.0.0.1';
  return wsdl.replace(/(<soap:address location=")[^"]*/, `$1http://${host}${PATH}`);
}

type SoapAnswer = (request: HttpRequest) => Promise<HttpReply>;

async function soapService(
  wsdl: string,
  owner: { username: string; password: string },
  context: AgencyContext,
): Promise<SoapAnswer> {
  const freshness = new Freshness(context.clock);
  const understood = new WeakSet<object>();
  const QueryVehicles = (args: unknown, _callback: unknown, headers: unknown, request: { connection: object }) => {
    understood.add(request.connection);
    return queryVehicles(args, isAuthentic(headers, owner, freshness), context);
  };
  const services = { VehicleRegistry: { VehicleRegistryPort: { QueryVehicles } } };
  const server = await createServerless({ path: PATH, xml: wsdl, services, suppressStack: true });
  return async ({ headers, body }) => {
    const connection = {};
    const soapaction = String(headers.soapaction ?? '');
    const reply = await server.processRequest(body.toString('utf8'), {
      url: PATH,
      headers: { soapaction },
      connection,
    });
    if (!understood.has(connection)) {
      context.tally.add('refused');
      return bareFault(400, 'soap:Client', '报文无法解析');
    }
    return {
      status: reply.statusCode,
      headers: reply.statusCode === 429 ? { 'retry-after': '2' } : {},
      ...inMode(context.behaviour().mode),
      body: reply.body,
    };
  };
}

async function queryVehicles(args: unknown, authentic: boolean, context: AgencyContext): Promise<object> {
  const { mode } = context.behaviour();
  const asked = VehicleQuery.safeParse(args);
  if (!authentic || !asked.success) {
    context.tally.add('refused');
    throw authentic
      ? refusal(400, 'soap:Client', '请求不符合 WSDL')
      : refusal(401, 'soap:Client.Authentication', '用户名令牌无效');
  }
  const { Purpose, Items, Persons } = asked.data;
  context.tally.asked({ people: Persons.Person.length, fields: Items.Item, purpose: Purpose });
  if (mode === '429') throw refusal(429, 'soap:Server.Busy', '系统繁忙');
  if (mode === '500' || mode === 'error-body') throw refusal(mode === '500' ? 500 : 200, 'soap:Server', '系统异常');
  const people = Persons.Person.map(({ Ref, IdCardNo, Name }) => ({ ref: Ref, idNumber: IdCardNo, name: Name }));
  const entries = await lookUp<VehicleRow>(context.world, VEHICLE_REGISTER, people, mode);
  return vehicleAnswer(entries, Items.Item, mode, dayOfData(context.clock, mode), context.secret('record'));
}
