import { normaliseName } from '../../src/access/identity';
import type { RegisterForm } from '../../src/exchange/register/form';
import { NameMatch } from './record';
import { FACTS } from './wire';

/** Every fact but the one that depends on the name asked about. */
const registered = Object.fromEntries(Object.entries(FACTS).filter(([fact]) => fact !== 'nameMatch'));

/** 户籍登记册: an extract tells the registered names, and the hub compares; else it says what an answer says. */
export const registerForm: RegisterForm = {
  idNumber: '公民身份号码',
  name: '姓名',
  formerName: '曾用名',
  recordNumber: '档案编号',
  facts: registered,
  namedAs({ name, formerName }, asked) {
    if (name === asked) return { nameMatch: NameMatch.EXACT };
    if (normaliseName(name) === normaliseName(asked)) return { nameMatch: NameMatch.SPELLING };
    const former = formerName !== null && normaliseName(formerName) === normaliseName(asked);
    return former ? { nameMatch: NameMatch.FORMER } : null;
  },
};
