/** Everything that is missing or wrong in the registers of data protection on a day. Pure. */
import { activityFindings } from './activity-findings.ts';
import { dpiaFindings } from './dpia-findings.ts';
import type { Found } from './found.ts';
import { consentFindings, noticeFindings, processorFindings } from './other-findings.ts';
import type { Registers } from './registers.ts';
import { contractFindings, transferFindings } from './transfer-findings.ts';

/** @param today yyyy-mm-dd. Findings of a record stand together. */
export const findAll = (all: Registers, today: string): Found[] => [
  ...all.activity.flatMap((one) => activityFindings(one, all, today)),
  ...all.dpia.flatMap((one) => dpiaFindings(one, all, today)),
  ...all.transfer.flatMap((one) => transferFindings(one, all, today)),
  ...all.contracts.flatMap((one) => contractFindings(one, all, today)),
  ...all.processor.flatMap((one) => processorFindings(one, all, today)),
  ...all.notice.flatMap((one) => noticeFindings(one, all, today)),
  ...all.consent.flatMap((one) => consentFindings(one, today)),
];
