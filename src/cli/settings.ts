import { loadConfig, type Config } from '../config';
import { Refusal } from './refusal';

/** The configuration for a command; what is wrong with it is the operator's to read. */
export function settings(): Config {
  try {
    return loadConfig();
  } catch (error) {
    throw new Refusal(error instanceof Error ? error.message : String(error));
  }
}
