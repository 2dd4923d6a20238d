import { say } from '../say';
import { sampleQuery, type Sample } from './sample';

const PUBLIC_REGION = '15';

/** The block at the end of a start: where to go, with what, and what to ask. */
export function announce(url: string, seconds: string, sample: Sample | undefined): void {
  say();
  say(`Ready in ${seconds} s. Ctrl-C stops everything.`);
  say();
  say(`  GraphQL    ${url}/graphql   (GraphiQL in a browser)`);
  say(`  public     ${url}/public/graphql   (documents: ${url}/public/documents)`);
  say(`  health     ${url}/healthz  ${url}/readyz  ${url}/metrics`);
  if (sample) announceSample(url, sample);
  say();
  say('The public roster:');
  say(`  ${rosterCommand(url)}`);
  say();
}

function announceSample(url: string, sample: Sample): void {
  const { region, officerToken, officerPurpose, partnerToken, partnerPurpose } = sample;
  say();
  say(`An officer of ${region} (COUNTY_HOUSING) and the partner system demo-partner, as headers for GraphiQL:`);
  say(headersOf(officerToken, officerPurpose));
  say(headersOf(partnerToken, partnerPurpose));
  say();
  say('A household with the answers of five agencies, to paste into GraphiQL:');
  say(sampleQuery(sample));
  say();
  say('The partner may run no other: docs/how-to/connect-a-partner.md registers more.');
  say();
  say('The same from a terminal:');
  say(`  ${askCommand(url, sample)}`);
}

const headersOf = (token: string, purpose: string): string =>
  JSON.stringify({ authorization: `Bearer ${token}`, 'x-purpose': purpose });

/** Single quotes for the shell: neither tokens nor the query hold one. */
function askCommand(url: string, sample: Sample): string {
  const query = sampleQuery(sample).replace(/\s+/g, ' ');
  const headers = [
    'content-type: application/json',
    `authorization: Bearer ${sample.officerToken}`,
    `x-purpose: ${sample.officerPurpose}`,
  ];
  return `curl -s ${url}/graphql ${headers.map((header) => `-H '${header}'`).join(' ')} -d '${JSON.stringify({ query })}'`;
}

function rosterCommand(url: string): string {
  const variables = encodeURIComponent(JSON.stringify({ region: PUBLIC_REGION, first: 5 }));
  return `curl -s '${url}/public/graphql?documentId=registered-objects&variables=${variables}'`;
}
