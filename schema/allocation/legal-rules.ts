import { AllocationStep as Step } from './step';

/** What law demands of every batch, whatever the local procedure says: its number is a parameter, with its document. */
export interface LegalRule {
  /** Of the parameter. A flag: 1 demands the step; days: so many whole days lie between the step and what follows. */
  readonly code: string;
  readonly kind: 'REQUIRED' | 'LEAST_DAYS';
  readonly step: Step;
  /** It has to come before the first of these; of a flag without any, before the batch is closed. */
  readonly before: readonly Step[];
}

export const LEGAL_RULES: readonly LegalRule[] = [
  ...(
    [
      ['allocation.announce-required', Step.ANNOUNCE_DWELLINGS, [Step.ACCEPT_REGISTRATION]],
      ['allocation.applicants-required', Step.PUBLISH_APPLICANTS, [Step.DRAW, Step.SELECT_DWELLINGS]],
      ['allocation.publicity-required', Step.PUBLICISE_QUALIFIED, [Step.SELECT_DWELLINGS, Step.SIGN_CONTRACTS]],
      ['allocation.remainder-required', Step.PUBLISH_REMAINDER, []],
    ] as const
  ).map(([code, step, before]) => ({ code, kind: 'REQUIRED' as const, step, before })),
  {
    ...{ code: 'allocation.publicity-days', kind: 'LEAST_DAYS', step: Step.PUBLICISE_QUALIFIED },
    before: [Step.SIGN_CONTRACTS],
  },
];
