import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { SignedDocument } from '../../audit/signer';
import type { RequestContext } from '../../context';
import { keepReceipt } from '../../store/partners';
import type { Question } from '../gateway';
import type { RegisteredDocument } from './admit';

/** 回执: what is signed about one answer to a partner. No value of a person is in it. */
export interface Receipt {
  readonly schema: 'anju/receipt/1';
  /** SHA-256 (hex) over the canonical JSON of {document, operationName, variables}. */
  readonly request: string;
  /** SHA-256 (hex) over the canonical JSON of the answer's `data`. */
  readonly response: string;
  readonly caller: string;
  readonly purpose: string;
  readonly clause: string;
  readonly document: string;
  readonly grant: string;
  /** Versions of what the answer rests on: 'answer:<id>', 'report:<hash>', in order. */
  readonly evidence: readonly string[];
  readonly requestId: string;
  /** Instant, UTC. */
  readonly time: string;
}

const sha256 = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');

/** Signs what was answered and keeps its hash; a receipt that cannot be kept is not given, and no answer without it. */
export async function issueReceipt(
  { hub, viewer, requestId, evidence }: RequestContext,
  { operationName, variables }: Question,
  document: RegisteredDocument,
  data: unknown,
): Promise<SignedDocument> {
  const at = hub.now();
  const asked = { document: document.hash, operationName: operationName ?? null, variables: variables ?? {} };
  const receipt: Receipt = {
    schema: 'anju/receipt/1',
    request: sha256(asked),
    response: sha256(data),
    caller: viewer.subject,
    purpose: document.purpose,
    clause: document.clause,
    document: document.hash,
    grant: document.grantId,
    evidence: [...(evidence ?? [])].sort(),
    requestId,
    time: at.toISOString(),
  };
  const signed = hub.signer.sign(receipt);
  const { caller: clientId, purpose, request: requestHash } = receipt;
  await keepReceipt(hub.db.app, { at, clientId, purpose, documentHash: document.hash, requestHash, requestId, signed });
  return signed;
}
