/**
 * What can go wrong in setting up a pair and in signing. Three checks depend on the other side's
 * guess of secret bits: whoever may fail one again and again learns a bit each time, and 128 bits
 * are the key share. So they ban. All others tell nothing, whatever was sent, and never ban.
 * Every sentence is constant: nothing from a message or a secret is ever repeated in one.
 */
export const dklsSentences = {
  'dkls-message-missing': 'A message of one of the parties is missing.',
  'dkls-message-malformed': 'A message does not have the agreed length and form.',
  'dkls-session-foreign': 'A message belongs to another session or round.',
  'dkls-pair-foreign': 'The two parties hold different states of their pair.',
  'dkls-session-repeated': 'The pair took part in this session before.',
  'dkls-pair-destroyed': 'The state of the pair was destroyed.',
  'dkls-seed-unopened': 'A half of a seed is not the one that was committed to.',
  'dkls-echo-differs': 'The parties were told different commitments.',
  'dkls-nonce-unopened': 'A nonce is not the one that was committed to.',
  'dkls-key-differs': 'The shares of the signers do not add up to the key.',
  'dkls-transfer-inconsistent': 'The check of the oblivious transfer failed.',
  'dkls-product-inconsistent': 'The check of the multiplication failed.',
  'dkls-input-inconsistent': 'The multiplied values are not the ones that were shown.',
  'dkls-signature-invalid': 'The parts do not add up to a valid signature.',
} as const;

export type DklsRefusal = keyof typeof dklsSentences;

/** Failures whose repetition would give the secret of the pair away bit by bit. */
const BANS: ReadonlySet<DklsRefusal> = new Set([
  'dkls-transfer-inconsistent',
  'dkls-product-inconsistent',
  'dkls-input-inconsistent',
]);

export type Fault = {
  ok: false;
  refusal: DklsRefusal;
  /** Index of the party whose message it was; null where nobody can be named. */
  culprit: number | null;
  /** True when the pair with the culprit must never be used again. */
  ban: boolean;
};

export const fault = (refusal: DklsRefusal, culprit: number | null): Fault => ({
  ok: false,
  refusal,
  culprit,
  ban: BANS.has(refusal),
});

export const sentenceOfFault = (refusal: DklsRefusal): string => dklsSentences[refusal];
