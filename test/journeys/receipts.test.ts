import { createHash, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import { createLocalJWKSet, flattenedVerify, type JSONWebKeySet } from 'jose';
import { completed, PROGRESS, type CheckShown } from '../support/checks';
import { honestFiles, type File } from '../support/files';
import { addPartner, partnerKey, registerText, requestToken, type PartnerKey } from '../support/partners';
import { openRunningHub, type RunningHub } from '../support/running-hub';

const CLIENT = 'tax-office';
const MINT = 'mutation ($caseId: ID!, $letterId: ID!) { mintPurposeToken(caseId: $caseId, letterId: $letterId) }';
const LOOK = `query ($id: ID!) { household(id: $id) { members { person { id
  property { status value { ownedAreaCm2 } } vehicle { status value { dearestVehicleFen } } } } } }`;
const REQUEST = 'mutation ($input: RequestCrossCheckInput!) { requestCrossCheck(input: $input) { id total } }';
const READ = `query ($id: ID!) { crossCheck(id: $id) { state households { nodes { report { hash conclusion } } } } }`;
const PLACE = '{ region(code: "150402") { name } }';

let running: RunningHub;
let file: File;
let key: PartnerKey;
beforeAll(async () => {
  running = await openRunningHub();
  [file] = (await honestFiles(running)) as [File];
  key = await partnerKey(CLIENT, running.hub.config.publicUrl, () => new Date());
  await addPartner(running.base, CLIENT, { keys: [key.jwk], regions: [file.region] });
  for (const text of [MINT, LOOK, REQUEST, READ, PLACE, PROGRESS]) await registerText(running.base, CLIENT, text);
});
afterAll(() => running.close());

interface Receipted<Data> {
  readonly data: Data;
  readonly extensions?: {
    readonly receipt: { readonly canonical: string; readonly hash: string; readonly signature: string };
  };
  readonly errors?: { readonly extensions: { readonly code: string } }[];
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** As a partner meets the hub: an assertion, a token, a question. */
async function ask<Data>(query: string, variables: object = {}, purpose?: string) {
  const { body } = await requestToken(running.url, await key.sign());
  const headers = {
    ...{ 'content-type': 'application/json', authorization: `Bearer ${String(body.access_token)}` },
    ...(purpose ? { 'x-purpose': purpose } : {}),
  };
  const heard = await running.send('/graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return { ...heard, ...(JSON.parse(heard.text) as Receipted<Data>) };
}

/** Checked by a stranger's library against the published keys; throws for a forgery. */
async function verified({ extensions }: Pick<Receipted<unknown>, 'extensions'>): Promise<Record<string, unknown>> {
  const { canonical, hash, signature } = extensions!.receipt;
  const jwks = JSON.parse((await running.send('/.well-known/jwks.json')).text) as JSONWebKeySet;
  const [header, nothing, proof] = signature.split('.');
  expect([nothing, sha256(canonical)]).toEqual(['', hash]);
  const jws = { protected: header!, payload: Buffer.from(canonical).toString('base64url'), signature: proof! };
  await flattenedVerify(jws, createLocalJWKSet(jwks), { algorithms: ['ES256'] });
  return JSON.parse(canonical) as Record<string, unknown>;
}

const evidenceOf = (receipt: Record<string, unknown>) => receipt.evidence as string[];

describe('a receipt', () => {
  it('says who asked what, for which purpose, when, and what was answered, and is kept', async () => {
    const answer = await ask<object>(PLACE);
    const receipt = await verified(answer);
    const stripped = '{region(code:"150402"){name}}';
    expect(receipt).toMatchObject({
      ...{ schema: 'anju/receipt/1', caller: CLIENT, purpose: 'ADMISSION_REVIEW', clause: 'IM-3.C6', evidence: [] },
      document: sha256(stripped),
      request: sha256(`{"document":"${sha256(stripped)}","operationName":null,"variables":{}}`),
      response: sha256(canonicalize(answer.data)!),
    });
    expect(Math.abs(Date.parse(receipt.time as string) - Date.now())).toBeLessThan(60_000);
    const { rows } = await running.base.owner.query(
      'select client_id, hash, request_hash, signature from receipt where hash = $1',
      [answer.extensions!.receipt.hash],
    );
    expect(rows).toEqual([
      {
        client_id: CLIENT,
        hash: answer.extensions!.receipt.hash,
        request_hash: receipt.request,
        signature: answer.extensions!.receipt.signature,
      },
    ]);
  });

  it('does not verify when a letter of it is changed, nor under another key', async () => {
    const answer = await ask<object>(PLACE);
    const { receipt } = answer.extensions!;
    const forged = receipt.canonical.replace('tax-office', 'tax-0ffice');
    await expect(
      verified({ extensions: { receipt: { ...receipt, canonical: forged, hash: sha256(forged) } } }),
    ).rejects.toThrow();
    const foreign = (await key.sign()).split('.');
    await expect(
      verified({
        extensions: { receipt: { ...receipt, signature: `${receipt.signature.split('.')[0]}..${foreign[2]}` } },
      }),
    ).rejects.toThrow();
  });

  it('names the versions of the answers shown, each of which is kept', async () => {
    const purpose = (await ask<{ mintPurposeToken: string }>(MINT, { caseId: file.caseId, letterId: file.letterId }))
      .data.mintPurposeToken;
    const persons = file.members.map(({ id }) => id);
    const { rows: before } = await running.base.owner.query('select from answer where person_id = any($1)', [persons]);
    expect(before).toEqual([]);
    const first = evidenceOf(await verified(await ask(LOOK, { id: file.householdId }, purpose)));
    const { rows } = await running.base.owner.query<{ version: string }>(
      `select 'answer:' || id as version from answer where person_id = any($1) and source in ('property', 'vehicle') order by 1`,
      [persons],
    );
    expect(rows).toHaveLength(2 * persons.length);
    expect(first).toEqual(rows.map(({ version }) => version));
    const again = evidenceOf(await verified(await ask(LOOK, { id: file.householdId }, purpose)));
    expect(again).toEqual(first);
  });

  it('names the report of a cross-check, from the first token to the last answer', async () => {
    const input = { clientKey: randomUUID(), purpose: 'ADMISSION_REVIEW', households: [file.householdId] };
    const requested = await ask<{ requestCrossCheck: { id: string } }>(REQUEST, { input });
    await verified(requested);
    const { id } = requested.data.requestCrossCheck;
    await completed(running, { role: 'PARTNER_SYSTEM', region: file.region, sub: CLIENT, client_id: CLIENT }, id);
    const read = await ask<{ crossCheck: CheckShown }>(READ, { id });
    const { hash } = read.data.crossCheck.households.nodes[0]!.report!;
    expect(evidenceOf(await verified(read))).toEqual([`report:${hash}`]);
    const { rows } = await running.base.owner.query('select from report where hash = $1', [hash]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('that cannot be kept takes the answer with it', async () => {
    await running.base.owner.query('revoke insert on receipt from anju_app');
    const answer = await ask<object>(LOOK, { id: file.householdId });
    await running.base.owner.query('grant insert on receipt to anju_app');
    expect([answer.status, answer.data, answer.errors![0]!.extensions.code]).toEqual([500, undefined, 'INTERNAL']);
    for (const { id } of file.members) expect(answer.text).not.toContain(id);
  });

  it('is not given to officers', async () => {
    const { text } = await running.ask({ role: 'COUNTY_HOUSING', region: file.region }, PLACE);
    expect(text).not.toContain('receipt');
  });

  it('holds no number and no name of anybody', async () => {
    const { rows } = await running.base.owner.query<{ name: string }>('select name from person');
    const receipts = running.said.flatMap((said) => said.match(/canonical.*?signature/g) ?? []);
    expect(receipts.length).toBeGreaterThan(5);
    for (const receipt of receipts) {
      expect(rows.filter(({ name }) => receipt.includes(name))).toEqual([]);
      expect(receipt).not.toMatch(/(?<![\da-f])[1-6]\d{16}[\dXx](?![\da-f])/);
    }
  });
});
