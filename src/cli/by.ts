import { holdsIdNumber } from '../access/identity';
import { Refusal } from './refusal';

/** In whose name an operator acts or looks, as `--by` gives it to the logs. */
export function byOf(subject: string): string {
  if (!/^\P{C}{1,100}$/u.test(subject) || holdsIdNumber(subject))
    throw new Refusal('--by is the name of an account, up to 100 characters; never a citizen number');
  return subject;
}
