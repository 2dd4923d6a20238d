import type { Shot } from '../support/load';
import type { LiveHousehold } from '../support/households';

const QUERY = `query Household($id: ID!) {
  household(id: $id) {
    fileNumber registeredOn region { name }
    members {
      relation
      person {
        name idNumber
        property { status asOf letterId value { ownedAreaCm2 units { areaCm2 shareBp registeredOn } } }
        vehicle { status asOf letterId value { vehicles { brandModel firstRegisteredOn priceFen } } }
        civilAffairs { status asOf letterId value { marriageStatus allowanceClass incomeClass } }
        providentFund { status asOf letterId value { monthsPaid monthlyContributionFen lastPaidMonth } }
        householdRegister { status asOf letterId value { nameMatch hukouPlace hukouSince } }
      }
    }
  }
}`;

/** Housing records and the answers of all agencies on one household. */
export const householdShot = ({ id, headers }: LiveHousehold, query = QUERY): Shot => ({
  method: 'POST',
  path: '/graphql',
  headers,
  body: JSON.stringify({ query, variables: { id } }),
});
