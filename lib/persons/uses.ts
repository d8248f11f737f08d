/**
 * What a value of a person may be read for. Whoever reads names one of these, and each says whether it goes on while
 * processing is restricted, and on which ground of Article 18(2) GDPR. Pure.
 */

/** The grounds on which restricted data may be used beside being stored (Art 18(2)). */
export const useGrounds = {
  consent: 'Consent of the person',
  'legal-claims': 'Legal claims',
  'protection-of-others': 'Protection of the rights of another person',
  'public-interest': 'Important public interest',
} as const;
export type UseGround = keyof typeof useGrounds;
export const useGroundNames = Object.keys(useGrounds) as UseGround[];
/** What a restriction never takes away: the person’s own consent. */
export const alwaysAllowed: UseGround = 'consent';

export type UseRule = {
  label: string;
  /** On what it goes on while processing is restricted; null where it stops. `storage` needs no ground. */
  ground: UseGround | 'storage' | null;
  /** Why that ground holds, or what happens instead. */
  why: string;
};

export const uses = {
  'request-of-person': {
    label: 'To answer a request of the person',
    ground: 'consent',
    why: 'The person’s own request stands for their consent.',
  },
  'own-copy': {
    label: 'To give the person a copy of their data',
    ground: 'storage',
    why: 'The right to a copy stands beside every restriction (Article 15).',
  },
  'keeping-others-out': {
    label: 'To black somebody out of another person’s copy',
    ground: 'storage',
    why: 'Else the copy of one person would tell of another (Article 15(4)).',
  },
  'blacking-out': {
    label: 'To black the person out of texts that others read',
    ground: 'storage',
    why: 'Else a text would tell what is restricted.',
  },
  'texts-of-others': {
    label: 'To read what is written elsewhere and names the person',
    ground: null,
    why: 'What is theirs is blacked out of it.',
  },
  'own-name': {
    label: 'To show somebody their own name',
    ground: 'consent',
    why: 'Nobody but the person sees it.',
  },
  correction: {
    label: 'To correct what is known of the person',
    ground: 'storage',
    why: 'A restriction lasts so that this can be looked at (Art 18(1)(a)).',
  },
  identification: {
    label: 'To identify a client or somebody behind one',
    ground: null,
    why: 'It waits until the restriction is lifted.',
  },
  operation: {
    label: 'To check an operation before deciding on it',
    ground: null,
    why: 'Operations are decided on by ids; names wait.',
  },
  complaint: {
    label: 'To answer a complaint',
    ground: 'legal-claims',
    why: 'A complaint asserts a claim against us.',
  },
  incident: {
    label: 'To deal with an incident or a breach',
    ground: 'protection-of-others',
    why: 'Others are harmed where an incident is not dealt with.',
  },
  claim: {
    label: 'To establish, exercise or defend a legal claim',
    ground: 'legal-claims',
    why: 'The law names it.',
  },
  authority: {
    label: 'To answer an authority',
    ground: 'public-interest',
    why: 'The authority asks by law, in the public interest.',
  },
  'aml-monitoring': {
    label: 'To watch for money laundering',
    ground: 'public-interest',
    why: 'Preventing it is a matter of public interest (Article 43 of Directive (EU) 2015/849).',
  },
  custody: {
    label: 'To keep assets and give them back',
    ground: 'protection-of-others',
    why: 'The client has the right to the assets (Article 75 of Regulation (EU) 2023/1114).',
  },
  message: {
    label: 'To write to the person of our own accord',
    ground: null,
    why: 'Nothing is sent but what answers the person.',
  },
  'colleague-name': {
    label: 'To show colleagues who did what',
    ground: null,
    why: 'An id stands in place of the name.',
  },
  marketing: {
    label: 'To tell people about services',
    ground: null,
    why: 'It stops, whatever was agreed to.',
  },
} as const satisfies Record<string, UseRule>;
export type Use = keyof typeof uses;
export const useNames = Object.keys(uses) as Use[];

export const isUse = (name: string): name is Use => Object.hasOwn(uses, name);

export const ruleOf = (use: Use): UseRule => uses[use];

/** Why processing is restricted (Art 18(1)). */
export const restrictionGrounds = {
  accuracy: { name: 'The person contests that it is accurate', article: '18(1)(a)' },
  unlawful: {
    name: 'Processing is unlawful, and the person wants it kept, not erased',
    article: '18(1)(b)',
  },
  claims: {
    name: 'The person needs it for legal claims, we do not any more',
    article: '18(1)(c)',
  },
  objection: { name: 'The person objected, and it is under test', article: '18(1)(d)' },
} as const;
export type RestrictionGround = keyof typeof restrictionGrounds;
