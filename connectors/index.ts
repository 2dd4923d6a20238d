import type { Connector } from '../src/exchange/connector';
import { civilAffairs } from './civil-affairs/connector';
import { property } from './property/connector';
import { providentFund } from './provident-fund/connector';
import { vehicle } from './vehicle/connector';

/** The agencies the hub asks: a line gives provenance, patience, read log, a subgraph and a typed SQL view of the answers. */
export const connectors: readonly Connector[] = [property, vehicle, civilAffairs, providentFund];
