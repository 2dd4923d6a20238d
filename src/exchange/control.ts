import { isIdNumber, normaliseIdNumber } from '../access/identity';
import type { Agency, Outcome, Subject } from './connector';
import { SourceTrouble } from './trouble';
import { isAbout } from './verify';

/** Under this ref, case and letter a control is asked about: it is nobody, so there is none. */
const CONTROL = 'CONTROL';

/** Variable that names an agency's control: 'provident-fund' → PROVIDENT_FUND_CONTROL. */
export const controlVariable = (source: string): string => `${source.replaceAll('-', '_').toUpperCase()}_CONTROL`;

/**
 * 对照记录: a made-up person whom the agency, by agreement, always has on record. Asked about with every page: a register
 * that has lost its content says "no record" of everybody in good form, and only of somebody who must be there is that a lie.
 * Of an answer that does not know its control nothing is believed.
 * @param control 'number name'
 */
export function withControl(agency: Agency, control: string): Agency {
  const [number = '', ...name] = control.trim().split(/\s+/);
  if (!isIdNumber(normaliseIdNumber(number)) || name.length === 0) throw new SourceTrouble('SILENT', 'NOT_CONFIGURED');
  const idNumber = normaliseIdNumber(number);
  const nobody: Subject = { ref: CONTROL, idNumber, name: name.join(' '), caseId: CONTROL, letterId: CONTROL };
  const { collect } = agency;
  return {
    ...agency,
    ask: async (people, inquiry) => believed(await agency.ask([...people, nobody], inquiry), idNumber),
    ...(collect && { collect: async (...given) => believed(await collect(...given), idNumber) }),
  };
}

function believed(outcome: Outcome, idNumber: string): Outcome {
  if (!('answers' in outcome)) return outcome;
  const [said, ...more] = outcome.answers.filter(({ ref }) => ref === CONTROL);
  const stands = said?.status === 'FOUND' && more.length === 0 && isAbout(said.idNumber, idNumber);
  return { ...outcome, answers: stands ? outcome.answers.filter(({ ref }) => ref !== CONTROL) : [] };
}
