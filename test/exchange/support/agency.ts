import { ObjectType } from 'type-graphql';
import {
  defineConnector,
  type Connector,
  type Inquiry,
  type Outcome,
  type RawAnswer,
  type Subject,
} from '../../../src/exchange/connector';
import { Fact } from '../../../src/exchange/fact';
import { count, idNumberSealed, orNone, textLike } from '../../../src/exchange/kinds';
import { days, workingDays } from '../../../src/exchange/time';

@ObjectType()
class TalliedRecord {
  @Fact(count, 'assets') tally!: number;
  @Fact(textLike(/^[A-Z]+$/), 'assets') word!: string;
  @Fact(orNone(idNumberSealed), 'identity') friendIdNumber!: string | null;
}

const VALUE: Record<string, unknown> = { tally: 3, word: 'ABC', friendIdNumber: null };

export interface Call {
  readonly people: readonly Subject[];
  readonly fields: readonly string[];
}

/** An agency in this process that does as a test tells it; it goes by a real source's name, which letters and purposes know. */
export interface FakeAgency {
  readonly connector: Connector;
  readonly calls: Call[];
  readonly polls: string[];
  answer: (people: readonly Subject[], inquiry: Inquiry) => Outcome | Promise<Outcome>;
  collect: (ticket: string, people: readonly Subject[]) => Outcome | Promise<Outcome>;
}

export const found = ({ ref, idNumber }: Subject, { fields }: Pick<Inquiry, 'fields'>, now: Date): RawAnswer => ({
  ref,
  idNumber,
  status: 'FOUND',
  value: Object.fromEntries(fields.map((field) => [field, VALUE[field]])),
  sourceRecordId: 'R-1',
  asOf: new Date(now.getTime() - days(1)),
  coverage: { regions: ['15'], from: '2000-01-01', to: null },
});

/** What the fake record keeps, as purposes name it for the source: tests give the purpose these fields. */
export const FAKE_FIELDS = ['tally', 'word', 'friendIdNumber'];

export function fakeAgency(clock: () => Date, name = 'property', page?: number): FakeAgency {
  const fake: FakeAgency = {
    calls: [],
    polls: [],
    answer: (people, inquiry) => ({ answers: people.map((person) => found(person, inquiry, clock())) }),
    collect: () => ({ answers: [] }),
    connector: defineConnector({
      name,
      agency: '测试部门',
      graphqlField: 'tallied',
      settings: {},
      record: TalliedRecord,
      maxAge: days(30),
      answerWithin: workingDays(10),
      ...(page ? { page } : {}),
      open: () => ({
        async ask(people, inquiry) {
          fake.calls.push({ people, fields: inquiry.fields });
          return fake.answer(people, inquiry);
        },
        async collect(ticket, people) {
          fake.polls.push(ticket);
          return fake.collect(ticket, people);
        },
      }),
    }),
  };
  return fake;
}
