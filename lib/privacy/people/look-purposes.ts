/** Why somebody may read what is known of a person: each look names one of these. Pure. */

export type LookPurpose = {
  label: string;
  /** What the reference is called; null where none is asked for. */
  reference: string | null;
  /** Whether it goes on while processing is restricted, and on which ground of Article 18(2) GDPR. */
  underRestriction: string | null;
};

export const lookPurposes = {
  'request-of-person': {
    label: 'To answer a request of the person',
    reference: 'Number of the request',
    underRestriction: 'With the person’s own request, which stands for their consent',
  },
  identification: {
    label: 'To identify a client or somebody behind one',
    reference: 'Number of the client',
    underRestriction: null,
  },
  operation: {
    label: 'To check an operation before deciding on it',
    reference: 'Number of the operation',
    underRestriction: null,
  },
  complaint: {
    label: 'To answer a complaint',
    reference: 'Number of the complaint',
    underRestriction: 'Legal claims',
  },
  incident: {
    label: 'To deal with an incident or a breach',
    reference: 'Number of the incident',
    underRestriction: 'Protection of the rights of another person',
  },
  claim: {
    label: 'To establish, exercise or defend a legal claim',
    reference: 'Number of the file',
    underRestriction: 'Legal claims',
  },
  authority: {
    label: 'To answer an authority',
    reference: 'Reference of the authority',
    underRestriction: 'Important public interest',
  },
} as const satisfies Record<string, LookPurpose>;
export type LookPurposeName = keyof typeof lookPurposes;
export const lookPurposeNames = Object.keys(lookPurposes) as LookPurposeName[];

/** People whose data one person may read in an hour; more is nobody's ordinary work. */
export const peopleAnHourMax = 60;
/** Searches that one person may make in an hour. */
export const searchesAnHourMax = 120;
