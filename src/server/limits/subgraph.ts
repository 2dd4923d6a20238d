import { LIMITS, type Limits } from '../../limits';

/** What the planner adds to a document: keys and `__typename` of each selection, an alias where types differ. */
const ADDED = 4;

const OF_DOCUMENTS = Object.keys(LIMITS).filter((name) =>
  /_(CHARACTERS|TOKENS|NESTING|DEPTH|ALIASES|DIRECTIVES|REPEATS|COST|LIST|VALUES)$/.test(name),
);

/** Limits of a subgraph's door: wide enough for whatever the front let pass. */
export const subgraphLimits = (limits: Limits): Limits => ({
  ...limits,
  ...Object.fromEntries(OF_DOCUMENTS.map((name) => [name, ADDED * limits[name as keyof Limits]])),
});
