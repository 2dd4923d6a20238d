/* The agencies, a line each: from it follow subgraph, typed SQL view, provenance, read log, patience and the sandbox's agency. */
export { civilAffairs } from './civil-affairs/connector';
export { police } from './police/connector';
export { property } from './property/connector';
export { providentFund } from './provident-fund/connector';
export { vehicle } from './vehicle/connector';
