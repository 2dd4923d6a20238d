import type { PaperKind } from './kind';
import { applicationForm } from './kinds/application-form';
import { contract } from './kinds/contract';
import { exitOrder } from './kinds/exit-order';
import { publicityNotice } from './kinds/publicity-notice';
import { refusal } from './kinds/refusal';
import { report } from './kinds/report';
import { reviewOpinions } from './kinds/review-opinions';

/** Every kind of paper, by its name in an address. A new one is a line here. */
export const PAPERS: Readonly<Record<string, PaperKind>> = {
  'application-form': applicationForm,
  'review-opinions': reviewOpinions,
  'publicity-notice': publicityNotice,
  ...{ refusal, report, contract },
  'exit-order': exitOrder,
};
