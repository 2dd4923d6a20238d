import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

jest.mock('@graphql-hive/router-runtime', () => ({
  unifiedGraphHandler: jest.fn(() => Promise.reject(new Error('no binary for this machine'))),
}));

/* musl, Windows: the same promises, kept by the other planner. */
describe('where the Rust planner has no binary', () => {
  jest.requireActual('./graphql-door.test');
  jest.requireActual('../attack/requests.test');
  it('it is the planner in JavaScript that has answered', () => expect(unifiedGraphHandler).toHaveBeenCalled());
});
