/** Words of processing on behalf (GDPR Art 28). Pure. */
export const processorStates = { active: 'In force', ended: 'Ended' } as const;

/** What the contract says (Art 28(3), first sentence and (a) to (h)). */
export const processorTerms = {
  subject: 'Subject matter, duration, nature, purpose, kinds of data and people (28(3))',
  a: 'Only on documented instructions, also for transfers (28(3)(a))',
  b: 'People are bound to confidentiality (28(3)(b))',
  c: 'Security as in Art 32 (28(3)(c))',
  d: 'Conditions for further processors (28(3)(d), 28(2) and (4))',
  e: 'Help with the rights of people (28(3)(e))',
  f: 'Help with security, breaches and assessments (28(3)(f))',
  g: 'Deletion or return at the end (28(3)(g))',
  h: 'Information, audits and inspections (28(3)(h))',
} as const;
export type ProcessorTerm = keyof typeof processorTerms;

/** Whether the processor may engage others (Art 28(2)). */
export const subProcessing = {
  none: 'None may be engaged',
  specific: 'Each is authorised before',
  general: 'Generally authorised; changes are told before',
} as const;
