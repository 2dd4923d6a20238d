import type { SandboxAgency } from '../src/exchange/sandbox/agency';
import { civilAffairsSandbox } from './civil-affairs/sandbox';
import { propertySandbox } from './property/sandbox';
import { providentFundSandbox } from './provident-fund/sandbox';
import { vehicleSandbox } from './vehicle/sandbox';

/** The agencies the sandbox plays, a line each. */
export const SANDBOX_AGENCIES: readonly SandboxAgency[] = [
  propertySandbox,
  vehicleSandbox,
  civilAffairsSandbox,
  providentFundSandbox,
];
