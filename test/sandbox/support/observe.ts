import { batchOf, collect, handIn } from './civil-affairs';
import { askFund } from './provident-fund';
import { cellsOf, dial, fetchAnswer, leaveRequest } from './police';
import { politely, signed, unitQuery } from './property';
import { postSoap, queryVehicles, texts } from './vehicle';
import { KNOWN, type SmallSandbox } from './world';

/** What a caller makes of one question about KNOWN. */
export type Seen =
  | 'good'
  | 'late'
  | 'no connection'
  | 'no answer in time'
  | 'broken off'
  | 'unreadable'
  | 'busy'
  | 'failed'
  | 'another shape'
  | 'old'
  | 'about another person'
  | 'empty';

interface Answer {
  readonly status: number;
  readonly retryAfter?: string | null;
  readonly about: readonly unknown[];
  readonly asOf: string;
  readonly drifted: boolean;
}

const FAILED = { about: [], asOf: '', drifted: false };

type Ask = (small: SmallSandbox, token: string, patienceMs: number) => Promise<Answer>;

const failure = (response: Response): Answer => ({
  ...FAILED,
  status: response.status,
  retryAfter: response.headers.get('retry-after'),
});

const property: Ask = async (small, _token, patienceMs) => {
  const response = await politely(...signed(small, unitQuery([KNOWN], ['floorArea'])), patienceMs);
  const body = JSON.parse(await response.text());
  if (response.status !== 200) return failure(response);
  const about: unknown[] = body.results.map((result: { certNo: unknown }) => result.certNo);
  return {
    status: 200,
    about,
    asOf: body.dataTime.slice(0, 10).replaceAll('-', ''),
    drifted: typeof about[0] === 'number',
  };
};

const vehicle: Ask = async (small, _token, patienceMs) => {
  const response = await postSoap(small, queryVehicles(small, [KNOWN], ['PlateNo']), patienceMs);
  const xml = await response.text();
  if (!xml.endsWith('</soap:Envelope>')) throw new SyntaxError('no XML');
  if (response.status !== 200) return failure(response);
  const [outcome] = texts(xml, 'Outcome');
  const drifted = outcome !== undefined && !['0', '1', '2'].includes(outcome);
  return { status: 200, about: texts(xml, 'IdCardNo'), asOf: texts(xml, 'AsOf')[0]!.slice(0, 8), drifted };
};

const civilAffairs: Ask = async (small, token, patienceMs) => {
  const receipt = await handIn(small, token, batchOf([KNOWN], ['marital']), patienceMs);
  const { ticket } = JSON.parse(await receipt.text());
  if (receipt.status !== 202) return failure(receipt);
  small.time.now = new Date(small.time.now.getTime() + 150);
  const body = JSON.parse(await (await collect(small, token, ticket, patienceMs)).text());
  const about: unknown[] = body.answers.map((answer: { cert: unknown }) => answer.cert);
  return { status: 200, about, asOf: body.dataDate, drifted: typeof body.answers[0]?.code === 'string' };
};

const providentFund: Ask = async (small, _token, patienceMs) => {
  try {
    const [row] = await askFund(small, [KNOWN], ['monthly_contribution'], patienceMs);
    const about = row!.regions === null ? [] : [row!.holder_id_number];
    return { status: 200, about, asOf: row!.as_of?.replaceAll('-', '') ?? '', drifted: false };
  } catch (err) {
    const code = (err as { code?: string }).code;
    if (code === '53300') return { ...FAILED, status: 429, retryAfter: 'PostgreSQL has no such word' };
    if (code === '58030') return { ...FAILED, status: 500 };
    if (code === '42703') return { ...FAILED, status: 200, drifted: true };
    throw err;
  }
};

let asked = 0;

const police: Ask = async (small, _token, patienceMs) => {
  const client = await within(patienceMs, dial(small, patienceMs));
  try {
    const id = `observed-${++asked}`;
    await within(patienceMs, leaveRequest(client, id, [KNOWN], ['户口类别']));
    small.time.now = new Date(small.time.now.getTime() + 150);
    const answer = await within(patienceMs, fetchAnswer(client, id));
    const [, ...rows] = cellsOf(answer!);
    const about = rows.map(([, idNumber]) => idNumber);
    const drifted = rows.some(([, , outcome]) => outcome === '查得');
    return { status: 200, about, asOf: answer!.manifest.asOf.replaceAll('-', ''), drifted };
  } catch (err) {
    const { code, message } = err as { code?: unknown; message: string };
    if (code !== 4) throw err;
    return /busy/.test(message)
      ? { ...FAILED, status: 429, retryAfter: 'SFTP has no such word' }
      : { ...FAILED, status: 500 };
  } finally {
    await Promise.race([client.end().catch(() => undefined), new Promise((resolve) => setImmediate(resolve))]);
  }
};

async function within<Result>(patienceMs: number, work: Promise<Result>): Promise<Result> {
  let patience: NodeJS.Timeout | undefined;
  work.catch(() => undefined);
  const impatient = new Promise<never>((_, reject) => {
    patience = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  return Promise.race([work, impatient]).finally(() => clearTimeout(patience));
}

const ASKS = {
  property,
  vehicle,
  'civil-affairs': civilAffairs,
  'provident-fund': providentFund,
  police,
} satisfies Record<string, Ask>;

export type AgencyName = keyof typeof ASKS;

function nameOf(err: unknown): Seen {
  if (err instanceof SyntaxError) return 'unreadable';
  const { name, message, code, cause } = err as Error & { code?: string; cause?: { code?: string } };
  if (name === 'TimeoutError' || message.includes('no answer in time') || message.includes('Timed out'))
    return 'no answer in time';
  return (cause?.code ?? code) === 'ECONNREFUSED' ? 'no connection' : 'broken off';
}

function nameFor(answer: Answer): Seen {
  if (answer.status === 429) return answer.retryAfter ? 'busy' : 'failed';
  if (answer.status !== 200) return 'failed';
  if (answer.drifted) return 'another shape';
  if (answer.about.length === 0) return 'empty';
  if (answer.about[0] !== KNOWN.idNumber) return 'about another person';
  return answer.asOf === '20261121' ? 'good' : answer.asOf === '20251018' ? 'old' : 'failed';
}

/** Asks one agency about KNOWN and names what happened; an answer after `lateMs` is late. */
export async function observe(
  small: SmallSandbox,
  agency: AgencyName,
  token: string,
  lateMs: number,
  patienceMs = 15_000,
): Promise<Seen> {
  const askedAt = performance.now();
  try {
    const seen = nameFor(await ASKS[agency](small, token, patienceMs));
    return seen === 'good' && performance.now() - askedAt >= lateMs ? 'late' : seen;
  } catch (err) {
    return nameOf(err);
  }
}
