/** Why somebody may read what is known of a person: each look names one of these. Pure. */
import { uses, type Use } from '#lib/persons/uses.ts';

export type LookPurpose = {
  label: string;
  /** What the reference is called. */
  reference: string;
  /** What the reference has to be, after "there is none that". */
  asks: string;
};

/** Each is a use, which says whether it goes on while processing is restricted. */
export const lookPurposes = {
  'request-of-person': {
    label: uses['request-of-person'].label,
    reference: 'Number of the request',
    asks: 'is open, of this person and yours to work on or decide',
  },
  identification: {
    label: uses.identification.label,
    reference: 'Number of the client',
    asks: 'this person is or acts for',
  },
  operation: {
    label: uses.operation.label,
    reference: 'Number of the operation',
    asks: 'concerns a client of this person',
  },
  complaint: {
    label: uses.complaint.label,
    reference: 'Number of the complaint',
    asks: 'a client of this person made',
  },
  incident: {
    label: uses.incident.label,
    reference: 'Number of the incident or breach',
    asks: 'is open and yours to work on',
  },
  claim: { label: uses.claim.label, reference: 'Number of the file', asks: 'we keep' },
  authority: {
    label: uses.authority.label,
    reference: 'Reference of the authority',
    asks: 'we keep',
  },
} as const satisfies Partial<Record<Use, LookPurpose>>;
export type LookPurposeName = keyof typeof lookPurposes;
export const lookPurposeNames = Object.keys(lookPurposes) as LookPurposeName[];

/** People whose data one person may read in an hour; more is nobody's ordinary work. */
export const peopleAnHourMax = 60;
/** Searches that one person may make in an hour. */
export const searchesAnHourMax = 120;
