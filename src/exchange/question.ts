import { classificationOf } from '../access/classification';
import { sightOf } from '../access/policy';
import type { Session } from '../access/session';
import type { Viewer } from '../access/viewer';
import { aboutPerson } from '../access/subject';
import { carriedOutBy, clause } from '../clauses';
import type { Connector } from './connector';
import { questionUnder } from './contract';
import { refused, type EnvelopeOf } from './envelope';
import { factsOf } from './fact';
import type { Exchange } from './index';

/** One person, and the facts that one place of a query selects about them. */
export interface Wanted {
  readonly personId: string;
  readonly facts: readonly string[];
}

/** 信息共享平台: housing records and what other agencies know, in one question. */
const together = carriedOutBy('CONNECTOR', clause('IM-5.5'));

/**
 * Puts the question of a whole request to one agency: selected ∩ permitted ∩ named in the purpose. What may not be asked
 * is REFUSED with the reason, and no call leaves the hub. Answers in the order of `wanted`.
 */
export async function questionAgency(
  exchange: Exchange,
  connector: Connector,
  wanted: readonly Wanted[],
  session: Session,
): Promise<EnvelopeOf[]> {
  const { name } = connector;
  const { purpose, viewer } = session;
  const all = (reason: string) => wanted.map(() => refused(name, reason));
  if (!purpose) return all('PURPOSE_REQUIRED');
  const permitted = permittedFacts(connector, viewer, purpose.fields);
  const fields = chosen(permitted, new Set(wanted.flatMap(({ facts }) => facts)));
  if (fields.length === 0) return all('FIELDS_NOT_PERMITTED');
  const people = [...new Set(wanted.map(({ personId }) => personId))];
  const question = questionUnder(purpose, name, fields, people);
  if (!question) return all('LETTER_NOT_COVERING');
  together();
  const answers = await exchange.ask(question, session);
  return wanted.map(({ personId }) => {
    const answer = answers.get(personId);
    if (!answer) return refused(name, 'LETTER_NOT_COVERING');
    aboutPerson(answer.value, personId);
    return answer;
  });
}

/** Facts that the viewer could ever read in clear, that a partner was granted, and that the purpose names. */
function permittedFacts({ name, record }: Connector, viewer: Viewer, named: ReadonlySet<string>): string[] {
  const granted = viewer.partner && new Set(viewer.partner.fields);
  return [...factsOf(record).keys()].filter((fact) => {
    const level = classificationOf(record.name, fact)!.level;
    const field = `${name}.${fact}`;
    return sightOf(viewer.role, level) !== 'MASKED' && named.has(field) && (granted?.has(field) ?? true);
  });
}

/** A query of the envelope alone asks for the least that shows whether there is a record: one fact. */
const chosen = (permitted: readonly string[], selected: ReadonlySet<string>): readonly string[] =>
  selected.size === 0 ? permitted.slice(0, 1) : permitted.filter((fact) => selected.has(fact));
