import { randomUUID } from 'node:crypto';
import type { EntityManager, RequiredEntityData } from '@mikro-orm/postgresql';
import type { ClientBase } from 'pg';
import { beijingDay } from '../../access/day';
import { carriedOutBy, clause } from '../../clauses';
import type { Acting } from './step';
import { Programme } from '../../../schema/programme';
import { Contract, ContractState, type ContractParty } from '../../../schema/tenancy/contract';
import { ContractKind } from '../../../schema/tenancy/contract-template';

/** What is agreed on; all else comes of the allotment, the dwelling and the parameters. */
export interface Terms {
  /** 对方当事人: manager or owner of the dwelling, by its name. */
  readonly partyKind: ContractParty;
  readonly party: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly priceFen: number | null;
}

type Of = Pick<Contract, 'regionCode' | 'householdId' | 'allotmentId' | 'dwellingId' | 'programme' | 'predecessorId'>;

const LET: readonly Programme[] = [Programme.LOW_RENT, Programme.PUBLIC_RENTAL];
/** 盟市统一制式: the version in force on the day it is drawn. */
const BOUND = carriedOutBy('DATA', clause('IM-4.11'));

/** Draws a contract on the prefecture's version in force; the database says its rent and its deposit, and asks what must hold. */
export async function draw(
  { hub, viewer }: Acting,
  em: EntityManager,
  client: ClientBase,
  of: Of,
  terms: Terms,
): Promise<Contract> {
  const at = hub.now();
  const kind = LET.includes(of.programme) ? ContractKind.LEASE : ContractKind.SALE;
  const { rows } = await client.query<{ id: string | null }>('select contract_template_of($1, $2, $3) as id', [
    ...[of.regionCode, kind, beijingDay(at)],
  ]);
  const leased = kind === ContractKind.LEASE ? 1 : null;
  const contract = em.create(Contract, {
    ...{ id: randomUUID(), ...of, kind, templateId: rows[0]!.id ?? randomUUID(), ...terms, areaCm2: 1 },
    ...{ rentFen: leased, depositFen: leased, chargedFrom: null, chargedUntil: null, renewalAskedOn: null },
    ...{ state: ContractState.DRAFT, version: 0, drawnAt: at, drawnBy: viewer.subject },
  } as RequiredEntityData<Contract>);
  await em.persist(contract).flush();
  BOUND();
  return (await em.refresh(contract))!;
}
