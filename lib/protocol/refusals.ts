/**
 * Every reason for which a party says no, with the one sentence people read: what happened, and
 * what to do. The codes are the contract; they carry no value from the refused input.
 */
import type { RosterFault } from './roster.ts';

/** About one WebAuthn assertion. */
export const assertionRefusals = {
  'assertion-malformed': "The key's answer is not in the form browsers send. Try again.",
  'expectation-malformed':
    'The check was asked with unusable values. Tell the people who run this system.',
  'credential-mismatch':
    'A different key answered than the one expected. Use the key that was asked for.',
  'user-handle-mismatch': 'The key belongs to another account. Use a key of your own.',
  'client-data-malformed':
    "What the browser signed can't be read without doubt. Try again with an up-to-date browser.",
  'wrong-ceremony': 'The key press was made for something else. Start the step again.',
  'challenge-mismatch':
    'The key press was made for other content. Reload, compare the digest and press again.',
  'origin-not-allowed':
    'The key was pressed on a web address that does not count. Open the console at its own address.',
  'cross-origin':
    'The key was pressed inside a page framed by another site. Open the console directly.',
  'authenticator-data-malformed':
    "The key's data can't be read without doubt. Try again, or use your other key.",
  'rp-id-mismatch': 'The key press was made for another site. Open the console at its own address.',
  'user-not-present': 'Nobody touched the key. Touch it when it blinks.',
  'user-not-verified':
    'The key did not check who you are. Set a PIN or fingerprint on it and try again.',
  'backup-state-impossible':
    'The key contradicts itself about being copied. Use your other key and report this one.',
  'backup-eligibility-changed':
    'The key now says something else about being copied than when it was enrolled. Use your other key and report this one.',
  'synced-key-not-allowed':
    'This passkey can be copied between devices, which is not allowed here. Use a hardware key.',
  'public-key-unusable':
    'The key on record is not one of the kinds allowed (ES256, EdDSA). Enrol another key.',
  'signature-invalid':
    'The signature does not belong to this key and content. Start the step again.',
  'counter-regressed':
    "The key's counter went backwards, as with a copied key. Stop using it and report it; use your other key.",
} as const;
export type AssertionRefusal = keyof typeof assertionRefusals;

const rosterRefusals: Record<`roster-${RosterFault}`, string> = {
  'roster-duplicate-person': 'The roster lists a person twice. Raise a corrected roster.',
  'roster-duplicate-credential': 'The roster lists a key twice. Raise a corrected roster.',
  'roster-duplicate-key-material':
    'Two keys in the roster are really one. Raise a corrected roster.',
  'roster-key-unreadable':
    "The roster holds a key that can't be read. Enrol that key again and raise a corrected roster.",
  'roster-duplicate-party':
    'Two parties in the roster share a name, a number or a key. Raise a corrected roster.',
  'roster-group-without-people':
    'The roster leaves a group without people. Raise a corrected roster.',
  'roster-group-without-party':
    'The roster leaves a group without a party. Raise a corrected roster.',
  'roster-software-key-in-production':
    'The roster holds a sandbox key, which production refuses. Enrol a hardware key.',
  'roster-synced-key-in-production':
    'The roster holds a passkey that can be copied, which production refuses. Enrol a hardware key.',
  'roster-too-few-keys-in-production':
    'Someone in the roster acts for a group with fewer than two keys. Enrol a second key first.',
  'roster-insecure-origin-in-production':
    'The roster allows an origin without TLS, which production refuses. Use https.',
  'roster-version-chain':
    'The roster does not follow the version in force. Raise it again on top of the current one.',
};

/** About the form of what arrived, and the party's own state. */
const generalRefusals = {
  malformed: 'The message is not in the expected form. Update the side that sent it.',
  'intent-malformed':
    'The intent has unknown, missing or misspelt fields. Raise the operation again.',
  'intent-kind-unknown': 'This party does not know this kind of operation. Update the party.',
  'statements-malformed':
    'A statement has unknown, missing or misspelt fields. Make the statements again.',
  'clock-unreadable': "The party's clock gives no usable time. Set the clock and try again.",
  'own-roster-unsound':
    "The roster this party pinned breaks a rule. Nothing is decided under it; restore the party's state.",
  'own-policy-unsound':
    "The policy this party pinned breaks a rule. Nothing is decided under it; restore the party's state.",
  'groups-overlap':
    'One person or key acts for two groups. Raise a roster in which the groups have no member in common.',
  'party-not-in-roster':
    'The roster in force does not list this party under its group. Raise a roster that does.',
  'genesis-missing': 'This party has no pinned genesis yet. Hold the genesis ceremony first.',
  'genesis-exists':
    'This party has already pinned another genesis. A party is pinned once; set up a new one.',
  'genesis-incomplete':
    'Not every founder has signed this genesis. Ask the missing founders to sign.',
  'genesis-mismatch':
    "The genesis is not the one pinned at this party. Compare the words at the party's own page.",
  'trust-heads-differ':
    'The parties do not hold the same roster and policy. Bring them to the same version first.',
} as const;

/** About the set of statements and the people behind them. */
const statementRefusals = {
  'wrong-organisation': 'This was made for another organisation. Nothing was done.',
  'wrong-environment':
    'This was made for another environment (sandbox or production). Nothing was done.',
  'wrong-operation':
    "A statement belongs to another operation. Send only this operation's statements.",
  'digest-mismatch':
    'A statement was made about other content than this intent. Reload, compare the digest and state it again.',
  'attempt-mixed': 'The statements come from different attempts. Send those of one attempt only.',
  'attempt-ended': 'This attempt has already ended. Go on with a new attempt and fresh statements.',
  'roster-version-unknown':
    'A statement names a roster version this party has not reached. Let the party catch up first.',
  'policy-version-unknown':
    'A statement names a policy version this party has not reached. Let the party catch up first.',
  'version-before-raise':
    'A statement was made under older rules than the raise itself. Make it again.',
  'policy-history-missing':
    "The policy in force when this was raised is not at hand here, so it can't be applied. Let the party catch up, or raise again.",
  'person-unknown':
    'A statement is by someone who is not in the roster. Ask a person of the roster.',
  'credential-unknown':
    'A statement was signed with a key that is not in the roster. Use an enrolled key.',
  'credential-of-another-person':
    "A statement was signed with another person's key. Each person uses their own.",
  'credential-revoked': 'A statement was signed with a revoked key. Use a key that still counts.',
  'credential-expired':
    'A statement was signed with a key whose grant has ended. Use a key that still counts.',
  'counter-reused':
    'A key gave the same counter for two different statements, as a copied key would. Revoke it and use another.',
  'statement-not-yet-valid':
    'A statement is dated in the future. Set the clocks right and make it again.',
  'statement-expired': 'A statement has expired. Make it again under a new attempt.',
  'statement-reason-wrong':
    'A reason goes with a rejection or cancellation, and only with those. Make the statement again.',
  'nonce-reused': 'Two statements carry the same nonce. Make them again.',
  'raise-missing': "Nobody's statement raises this operation. Raise it first.",
  'raise-repeated': 'The operation is raised more than once in one attempt. Send one raise only.',
  'raiser-not-entitled':
    'The person who raised this has no role that may. Ask an officer to raise it.',
  'rejected-by-person':
    'A person rejected this operation. It does not go on; raise a new one if it is still wanted.',
  'cancelled-by-person':
    'A person cancelled this operation. It does not go on; raise a new one if it is still wanted.',
  'raiser-in-quorum':
    'The person who raised this also approved or co-signed it. Someone else must.',
  'person-counted-twice':
    'One person states more than one decision. Each person counts once; ask another.',
  'person-without-group':
    'Someone who acts for no group made a statement that takes one. Ask a person of the right group.',
  'own-group-missing':
    "Nobody of this party's own group has approved or co-signed. Ask one of them.",
  'own-group-not-needed':
    "The deciding rule needs nobody of this party's group, so this party does not take part. Ask the parties of the groups it needs.",
  'statements-incomplete':
    'Not all the approvals and co-signatures needed are there. Ask the missing people.',
} as const;

/** About what the operation asks for. */
const operationRefusals = {
  'intent-expired': "The operation's own time limit has passed. Raise it again.",
  'policy-denies': 'The policy does not allow this operation. Look at the deciding rule.',
  'cap-exceeded':
    'The amount is above the cap for this asset, or the asset has none. Raise a smaller one.',
  'vault-unknown': "This party knows no such vault. Check the vault's name.",
  'vault-exists': 'A vault of this name exists already. Choose another name.',
  'key-exists': 'A key of this name exists already. Choose another name.',
  'key-unknown': "This party holds no share of that key. Check the key's name.",
  'chain-mismatch':
    'The vault or destination is on another chain than the intent says. Raise it again.',
  'asset-mismatch':
    'The destination is listed for another asset than the intent says. Raise it again.',
  'destination-not-listed': "The destination is not on this party's list. List it first.",
  'destination-address-differs':
    "The destination's address differs from the one listed. Treat this as an attack until it is explained.",
  'destination-client-differs':
    'The destination is listed for another client. Raise it with the right one.',
  'destination-exists': 'A destination of this name is listed already. Choose another name.',
  'destination-is-own-vault':
    "The address is one of our own vaults. It can't be a client's destination.",
  'ceremony-party-unknown':
    'The ceremony names a party that is not in the roster. Name listed parties only.',
  'ceremony-parties-order':
    'The ceremony names a party twice or out of order. List parties by their number.',
  'ceremony-without-this-party':
    'The ceremony gives this party no share. It has nothing to decide.',
  'ceremony-threshold': 'The threshold is above the number of parties. Choose one that can be met.',
  'ceremony-one-group-enough':
    "One group's parties alone would reach the threshold. Spread the shares over more groups.",
  'roster-parties-changed':
    'The new roster changes the parties, which takes a key ceremony. Keep the parties as they are.',
  'roster-credential-revived': 'The new roster brings a revoked key back. Enrol a new key instead.',
  'roster-credential-moved':
    "The new roster gives one person's key to another. Enrol a new key instead.",
} as const;

/** About the transaction that would be signed. */
const transactionRefusals = {
  'transaction-missing': 'There is no transaction to sign. Build it and ask again.',
  'transaction-unexpected': 'This kind of operation has no transaction. Leave it out.',
  'transaction-undecodable': "The transaction can't be decoded by this party, so it is not signed.",
  'transaction-not-a-transfer':
    'The transaction does more or less than one transfer, so it is not signed.',
  'transaction-chain-differs':
    'The transaction is for another chain than the intent. Build it again.',
  'transaction-asset-differs':
    'The transaction moves another asset than the intent. Build it again.',
  'transaction-source-differs':
    "The transaction takes from another account than the intent's vault. Build it again.",
  'transaction-recipient-differs':
    'The transaction pays another address than the intent. Treat this as an attack until it is explained.',
  'transaction-amount-differs':
    'The transaction moves another amount than the intent. Treat this as an attack until it is explained.',
  'transaction-memo-differs': "The transaction's memo is not the intent's. Build it again.",
  'transaction-fee-above-bound':
    "The network fee is above the intent's bound. Wait for a lower fee or raise it again.",
  'transaction-fee-from-vault': 'A vault would pay the network fee. Use the fee account.',
  'transaction-does-not-conflict':
    'An earlier transaction of this operation could still confirm beside this one. Only that one is signed again, whatever is stated: same nonce, same fee account.',
} as const;

export const partyRefusals = {
  ...generalRefusals,
  ...assertionRefusals,
  ...rosterRefusals,
  ...statementRefusals,
  ...operationRefusals,
  ...transactionRefusals,
} as const;
/** Closed: a party answers with one of these and with nothing else. */
export type PartyRefusal = keyof typeof partyRefusals;

/** @returns the sentence that goes with a refusal. */
export function sentenceOf(refusal: PartyRefusal): string {
  return partyRefusals[refusal];
}

/** Tells whether a text from outside is a refusal that parties give. */
export function isPartyRefusal(text: unknown): text is PartyRefusal {
  return typeof text === 'string' && Object.hasOwn(partyRefusals, text);
}
