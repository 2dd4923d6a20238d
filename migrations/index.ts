import { Migration20261122Regions } from './20261122-01-regions';
import { Migration20261122Housing } from './20261122-02-housing';
import { Migration20261122Sharing } from './20261122-03-sharing';
import { Migration20261122Evidence } from './20261122-04-evidence';
import { Migration20261122Audit } from './20261122-05-audit';
import { Migration20261122Disclosure } from './20261122-06-disclosure';
import { Migration20261122Queue } from './20261122-07-queue';
import { Migration20261122Law } from './20261122-08-law';
import { Migration20261122Engine } from './20261122-09-engine';
import { Migration20261122Publisher } from './20261122-10-publisher';
import { Migration20261122CrossCheck } from './20261122-11-cross-check';
import { Migration20261125Letters } from './20261125-01-letters';
import { Migration20261125Calendar } from './20261125-02-calendar';
import { Migration20261125Deadlines } from './20261125-03-deadlines';
import { Migration20261125LogTree } from './20261125-10-log-tree';
import { Migration20261125Accesses } from './20261125-11-accesses';
import { Migration20261125Police } from './20261125-20-police';
import { Migration20261125Registers } from './20261125-21-registers';
import { Migration20261125Partners } from './20261125-30-partners';
import { Migration20261125Budget } from './20261125-31-budget';
import { Migration20261125Keys } from './20261125-40-keys';
import { Migration20261125PersonIndex } from './20261125-41-person-index';

/** History, forward only: a line is added, never edited. */
export const migrations = [
  { name: '20261122-01-regions', class: Migration20261122Regions },
  { name: '20261122-02-housing', class: Migration20261122Housing },
  { name: '20261122-03-sharing', class: Migration20261122Sharing },
  { name: '20261122-04-evidence', class: Migration20261122Evidence },
  { name: '20261122-05-audit', class: Migration20261122Audit },
  { name: '20261122-06-disclosure', class: Migration20261122Disclosure },
  { name: '20261122-07-queue', class: Migration20261122Queue },
  { name: '20261122-08-law', class: Migration20261122Law },
  { name: '20261122-09-engine', class: Migration20261122Engine },
  { name: '20261122-10-publisher', class: Migration20261122Publisher },
  { name: '20261122-11-cross-check', class: Migration20261122CrossCheck },
  { name: '20261125-01-letters', class: Migration20261125Letters },
  { name: '20261125-02-calendar', class: Migration20261125Calendar },
  { name: '20261125-03-deadlines', class: Migration20261125Deadlines },
  { name: '20261125-10-log-tree', class: Migration20261125LogTree },
  { name: '20261125-11-accesses', class: Migration20261125Accesses },
  { name: '20261125-20-police', class: Migration20261125Police },
  { name: '20261125-21-registers', class: Migration20261125Registers },
  { name: '20261125-30-partners', class: Migration20261125Partners },
  { name: '20261125-31-budget', class: Migration20261125Budget },
  { name: '20261125-40-keys', class: Migration20261125Keys },
  { name: '20261125-41-person-index', class: Migration20261125PersonIndex },
];
