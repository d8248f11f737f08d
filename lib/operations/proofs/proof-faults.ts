/** Why the worker made no proof, as it is kept, with the sentence that says it to people. */
const sentences: Readonly<Record<string, string>> = {
  'not-in-snapshot':
    'This client had no account with a movement by then, so there is nothing to prove.',
  'seed-gone':
    'The seed of this snapshot was destroyed, so no proof can be made from it. Take a newer one.',
  books:
    'The books no longer give what this snapshot states. Run npm run verify:ledger before anything else is proved from it.',
};

export const proofFaults = (fault: string): string =>
  sentences[fault] ?? 'This proof could not be made.';
