/** The fields of the registers of data protection. Pure, for the browser too. */
import type { PrivacyKind } from '#lib/resilience/records/kinds.ts';
import { activitySections } from './activity.ts';
import { consentSections, consentStart } from './consent.ts';
import { dpiaSections, dpiaStart } from './dpia.ts';
import type { Sections, Starts } from './field.ts';
import { noticeSections } from './notice.ts';
import { partySections } from './party.ts';
import { processorSections } from './processor.ts';
import { transferSections, transferStart } from './transfer.ts';

export const privacySections: Sections<PrivacyKind> = {
  activity: activitySections,
  dpia: dpiaSections,
  transfer: transferSections,
  processor: processorSections,
  notice: noticeSections,
  consent: consentSections,
  party: partySections,
};

export const privacyStarts: Starts<PrivacyKind> = {
  activity: { state: 'active' },
  dpia: dpiaStart,
  transfer: transferStart,
  processor: { state: 'active' },
  notice: { state: 'draft' },
  consent: consentStart,
};
