/** What the law says of letters, written down a second time: no SQL and no code of the hub. */
export interface Kinsman {
  readonly id: string;
  readonly adult: boolean;
}

export type State = 'DRAFTED' | 'SIGNING' | 'ACTIVE' | 'ENDED';

export interface ModelLetter {
  readonly id: string;
  readonly home: ModelHome;
  readonly caseId: string;
  readonly named: ReadonlySet<string>;
  readonly signed: Set<string>;
  readonly sources: readonly string[];
  readonly validUntil: string;
  state: State;
  reason: string | null;
}

export interface ModelHome {
  readonly id: string;
  readonly members: Set<string>;
  caseId: string | null;
}

export class Model {
  readonly letters: ModelLetter[] = [];
  constructor(
    readonly homes: readonly ModelHome[],
    readonly people: ReadonlyMap<string, Kinsman>,
    public today: string,
  ) {}

  /** An adult signs itself; a minor is signed for by an adult of the household. */
  isLawful({ named, home }: ModelLetter, person: string, by: string): boolean {
    if (!named.has(person) || !home.members.has(person)) return false;
    return this.isAdult(person) ? by === person : by !== person && home.members.has(by) && this.isAdult(by);
  }

  isAdult = (person: string): boolean => this.people.get(person)!.adult;

  sign(letter: ModelLetter, person: string): void {
    letter.signed.add(person);
    letter.state = [...letter.named].every((one) => letter.signed.has(one)) ? 'ACTIVE' : 'SIGNING';
  }

  end(which: (letter: ModelLetter) => boolean, reason: string): void {
    for (const letter of this.letters.filter((one) => one.state !== 'ENDED' && which(one))) {
      letter.state = 'ENDED';
      letter.reason = reason;
    }
  }

  /** May this source be asked about this person under this letter, now? */
  covers(letterId: string, person: string, source: string): boolean {
    const letter = this.letters.find(({ id }) => id === letterId);
    if (!letter || letter.state !== 'ACTIVE' || letter.validUntil < this.today) return false;
    return letter.sources.includes(source) && letter.named.has(person) && letter.home.caseId === letter.caseId;
  }
}
