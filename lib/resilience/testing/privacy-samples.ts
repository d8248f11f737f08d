/** Facts and texts of the registers of data protection as tests write them: each is accepted as it is. */
import type { z } from 'zod';
import type { activityFacts } from '../kinds/activity.ts';
import type { consentFacts } from '../kinds/consent.ts';
import type { dpiaFacts } from '../kinds/dpia.ts';
import type { noticeFacts } from '../kinds/notice.ts';
import type { partyFacts } from '../kinds/party.ts';
import type { processorFacts } from '../kinds/processor.ts';
import type { transferFacts } from '../kinds/transfer.ts';

export const partySample: z.input<typeof partyFacts> = {
  role: 'controller',
  name: 'Sample Custody S.A.',
  country: 'LU',
  code: 'B123456',
  address: '1, rue de la Monnaie, L-1111 Luxembourg',
};

/** Whole as Art 30(1) asks it, but for processors, transfers and systems, which it need not have. */
export const activitySample = (
  owner: string,
  controller: string,
  dpo: string | null = null,
): z.input<typeof activityFacts> => ({
  name: 'Client onboarding',
  state: 'active',
  owner,
  controller,
  jointControllers: [],
  dpo,
  purposes: [
    {
      purpose: 'To identify clients',
      basis: 'legal-obligation',
      ground: 'Article 13 of Directive (EU) 2015/849',
    },
  ],
  persons: ['clients', 'beneficial-owners'],
  data: [{ category: 'identity', retention: 'aml-relationship' }],
  recipients: [{ recipient: 'Financial intelligence unit' }],
  dpiaNeed: 'needed',
  automated: 'no',
  reviewedOn: '2026-06-01',
  reviewOn: '2027-05-01',
});

export const dpiaSample = (owner: string, activity: string): z.input<typeof dpiaFacts> => ({
  name: 'Chain analytics',
  state: 'draft',
  owner,
  activities: [activity],
  risks: [
    {
      risk: 'An address is tied to the wrong person',
      likelihood: 3,
      impact: 4,
      measure: 'A person looks at each hit',
      residualLikelihood: 2,
      residualImpact: 3,
    },
  ],
  assessedOn: '2026-10-01',
  reviewOn: '2027-10-01',
});

export const transferSample: z.input<typeof transferFacts> = {
  name: 'Screening in the United States',
  state: 'active',
  exporter: 'Sample Custody S.A.',
  exporterRole: 'controller',
  importer: 'Screening One Inc.',
  importerRole: 'processor',
  country: 'US',
  data: ['chain-addresses'],
  tool: 'scc',
  module: '2',
  version: 'Decision (EU) 2021/914',
  assessment: 'TIA-2026-1',
  assessedOn: '2026-03-01',
  startsOn: '2026-04-01',
  reviewOn: '2027-03-01',
};

export const processorSample = (provider: string): z.input<typeof processorFacts> => ({
  name: 'Hosting of the console',
  state: 'active',
  provider,
  startsOn: '2025-01-01',
  persons: ['clients'],
  data: ['identity', 'contact'],
  subProcessing: 'general',
  subProcessors: [],
  terms: ['subject', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
  termsAt: 'Annex 3',
  auditRight: true,
  auditedOn: '2026-02-01',
  reviewOn: '2027-02-01',
});

export const noticeSample: z.input<typeof noticeFacts> = {
  name: 'Notice for clients',
  state: 'in-force',
  audience: ['clients'],
  language: 'en',
  source: 'person',
  hasInterests: false,
  hasTransfers: true,
  hasConsent: false,
  pieces: ['controller', 'dpo', 'purposes'],
  editions: [
    {
      edition: '1',
      inForceFrom: '2025-01-01',
      digest: 'ab'.repeat(32),
      at: 'https://custody.example/privacy-1',
    },
  ],
  reviewOn: '2027-01-01',
};

export const consentSample: z.input<typeof consentFacts> = {
  name: 'News about services',
  state: 'active',
  field: 'marketing-consent',
  wordings: [{ version: '1', usedFrom: '2025-01-01' }],
  given: 12,
  withdrawn: 2,
  countedOn: '2026-11-01',
  reviewOn: '2027-01-01',
};

/** Texts that saving asks for, by kind. */
export const privacyTexts = {
  party: { contact: 'privacy@custody.example, +352 27 00 00' },
  activity: { measures: 'Encryption, four eyes and access by role.' },
  dpia: { description: 'Addresses on chains are compared with lists of known addresses.' },
  transfer: { purpose: 'To compare addresses with lists of sanctions.' },
  processor: { subject: 'Runs the databases of the console.' },
  notice: {},
  consent: {
    purpose: 'To tell people about services.',
    wording: 'I want to be told about services.',
    withdrawal: 'By the link in each message, or by telephone.',
  },
} as const;
