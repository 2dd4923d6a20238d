import { principalOf } from '../../access/viewer';
import type { Hub } from '../../context';
import { DEMO_PARTNER } from '../demo-partner';
import type { SandboxIssuer } from '../issuer';
import { subjectOf } from '../token';

/** What a newcomer needs to ask the first question. */
export interface Sample {
  readonly region: string;
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string;
  /** Purpose of the letter: the partner's document is registered for it. */
  readonly purpose: string;
  readonly officerToken: string;
  readonly partnerToken: string;
  /** For the header x-purpose, of the officer and of the partner: a purpose token serves its subject only. */
  readonly officerPurpose: string;
  readonly partnerPurpose: string;
}

interface LiveRow {
  readonly purpose: string;
  readonly region: string;
  readonly householdId: string;
  readonly caseId: string;
  readonly letterId: string;
}

/** A household of several people with an open case and a letter in force to every agency; 赤峰市红山区 is preferred. */
const LIVE = `
  select l.region_code as region, l.purpose, l.household_id as "householdId", l.case_id as "caseId", l.id as "letterId"
  from letter l join housing_case c on c.id = l.case_id join household h on h.id = l.household_id
  where l.ended_on is null and l.valid_until > $1::date and c.closed_on is null and h.closed_on is null and cardinality(l.sources) >= $2
  order by l.region_code = '150402' desc, abs(3 - (select count(*) from letter_member m where m.letter_id = l.id)), l.id limit 1`;

/** Undefined where no household has such a letter. */
export async function makeSample(
  { db, now, purposeTokens, exchange }: Hub,
  issuer: SandboxIssuer,
): Promise<Sample | undefined> {
  const { rows } = await db.engine.query<LiveRow>(LIVE, [now(), exchange.connectors.length]);
  const live = rows[0];
  if (!live) return undefined;
  const { region, householdId, caseId, letterId, purpose } = live;
  const subject = subjectOf('COUNTY_HOUSING', region);
  const { clientId } = DEMO_PARTNER;
  return {
    ...{ region, householdId, caseId, letterId, purpose },
    officerToken: await issuer.mint({ role: 'COUNTY_HOUSING', region, subject }),
    partnerToken: await issuer.mint({ role: 'PARTNER_SYSTEM', region, subject: clientId, clientId }),
    officerPurpose: purposeTokens.issue({
      caseId,
      letterId,
      principal: principalOf({ role: 'COUNTY_HOUSING', issuer: issuer.url, subject }),
    }),
    partnerPurpose: purposeTokens.issue({
      ...{ caseId, letterId, principal: principalOf({ role: 'PARTNER_SYSTEM', subject: clientId }) },
    }),
  };
}

/** Housing records and the answers of every agency in one question. */
export const sampleQuery = ({ householdId }: Sample): string => `{
  household(id: "${householdId}") {
    fileNumber registeredOn region { name }
    members {
      relation
      person {
        name idNumber
        property { status asOf letterId value { ownedAreaCm2 units { areaCm2 shareBp registeredOn } } }
        vehicle { status asOf letterId value { vehicles { brandModel firstRegisteredOn priceFen } } }
        civilAffairs { status asOf letterId dueAt value { marriageStatus allowanceClass incomeClass } }
        providentFund { status asOf letterId value { monthsPaid monthlyContributionFen lastPaidMonth } }
        householdRegister { status asOf letterId dueAt value { nameMatch hukouPlace hukouSince deceasedOn } }
      }
    }
  }
}`;
