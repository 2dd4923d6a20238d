import type { Seal, SealPlace } from '../../access/seal';
import type { RecordValue } from '../record';

/** How a register's extract reads: a heading for the number, the name and each fact. */
export interface RegisterForm {
  readonly idNumber: string;
  readonly name: string;
  readonly formerName: string;
  readonly recordNumber: string;
  /** Facts of the record that a row tells, and how a cell reads in our words; a source fault for one that does not. */
  readonly facts: Readonly<Record<string, { readonly item: string; readonly read: (cell: string) => unknown }>>;
  /** The facts that depend on the name asked about; null where the register knows the number under another name. */
  namedAs(entry: RegisterNames, name: string): RecordValue | null;
}

export interface RegisterNames {
  readonly name: string;
  readonly formerName: string | null;
}

/** An entry as it is sealed: nothing of it stands in clear in the database. */
export interface RegisterEntry extends RegisterNames {
  /** Normalised. */
  readonly idNumber: string;
  readonly recordNumber: string | null;
  readonly value: RecordValue;
}

export const headingsOf = ({ idNumber, name, formerName, recordNumber, facts }: RegisterForm): string[] => [
  ...[idNumber, name, formerName, recordNumber],
  ...Object.values(facts).map(({ item }) => item),
];

const placeOf = (id: string): SealPlace => ({ table: 'register_entry', row: id, column: 'sealed' });

export const sealEntry = (entry: RegisterEntry, id: string, seal: Seal): Buffer =>
  seal.seal(JSON.stringify(entry), placeOf(id));

export const openEntry = (sealed: Buffer, id: string, seal: Seal): RegisterEntry =>
  JSON.parse(seal.open(sealed, placeOf(id))) as RegisterEntry;
