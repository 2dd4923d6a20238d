#!/usr/bin/env node
import './cli/production';
import './cli/code-cache/on';
import './cli/navigator';
import 'reflect-metadata';
import { makeProgram } from './cli/program';
import { Refusal } from './cli/refusal';
import { warn } from './cli/say';
import { ServerTrouble } from './store/embedded/trouble';
import { ForeignMasterKey } from './store/keys/table';

/** What the operator can mend is said without a stack; anything else is ours and comes with one. */
makeProgram()
  .parseAsync()
  .catch((error: unknown) => {
    const known = [Refusal, ServerTrouble, ForeignMasterKey].some((kind) => error instanceof kind);
    const plain = known || !(error instanceof Error);
    warn(plain ? String(error instanceof Error ? error.message : error) : (error.stack ?? error.message));
    process.exitCode = 1;
  });
