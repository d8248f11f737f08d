import { expect, test } from 'vitest';
import { fault, sentenceOfFault, type DklsRefusal } from './faults.ts';

/** Held against the table of docs/dkls23.md: a new refusal has to be put on one side by hand. */
const BANS: Record<DklsRefusal, boolean> = {
  'dkls-message-missing': false,
  'dkls-message-malformed': false,
  'dkls-session-foreign': false,
  'dkls-pair-foreign': false,
  'dkls-session-repeated': false,
  'dkls-pair-destroyed': false,
  'dkls-seed-unopened': false,
  'dkls-echo-differs': false,
  'dkls-nonce-unopened': false,
  'dkls-key-differs': false,
  'dkls-transfer-inconsistent': true,
  'dkls-product-inconsistent': true,
  'dkls-input-inconsistent': true,
  'dkls-signature-invalid': false,
};

test.each(Object.entries(BANS) as [DklsRefusal, boolean][])(
  '%s bans exactly when secrets decide about it, and has a sentence',
  (refusal, ban) => {
    expect(fault(refusal, 3)).toEqual({ ok: false, refusal, culprit: 3, ban });
    expect(sentenceOfFault(refusal)).toMatch(/^[A-Z].*\.$/u);
  },
);
