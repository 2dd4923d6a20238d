import type { RegisteredObject } from '../../schema/disclosure/registered-object';
import type { Feed } from './published-rows';

export type RegisteredObjectRow = Pick<
  RegisteredObject,
  'rowNumber' | 'applicantName' | 'citizenIdMasked' | 'securityType' | 'registrationDate'
> & { readonly county: string };

export const REGISTERED: Feed = {
  name: 'registered-objects',
  table: 'published_registered_object',
  columns: `r.applicant_name as "applicantName",
           r.citizen_id_masked as "citizenIdMasked", r.security_type as "securityType", r.registration_date as "registrationDate"`,
};
