/**
 * Every reason for which a party says no, with the one sentence people read: what happened, and
 * what to do. The codes are the contract; they carry no value from the refused input.
 */
import type { PolicyFault } from './policy-faults.ts';
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
  'roster-delegation-unsound':
    'A delegation names someone unknown, gives away a group that its giver does not have, or stands twice. Raise a corrected roster.',
  'roster-backup-unsound':
    "A group of custodians can't be met, names someone unknown, or shares a person, a key or a party with another. Raise a corrected roster.",
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

const policyRefusals: Record<`policy-${PolicyFault}`, string> = {
  'policy-duplicate-rule': 'Two rules have the same name. Give each its own.',
  'policy-duplicate-cap':
    'An asset has two caps of one kind, of which only one would count. Keep one.',
  'policy-duplicate-need':
    'A rule asks twice for the same group and decision. Ask once, for more people.',
  'policy-duplicate-source': 'Two sources share a name or a key. Give each its own.',
  'policy-duplicate-vault':
    'A vault or an address is named twice among the own vaults. Name each once.',
  'policy-amount-needs-one-asset':
    'A rule compares amounts without naming exactly one asset. Name the asset it is about.',
  'policy-empty-hours':
    'A rule has hours that begin and end at once. Give it a beginning and an end.',
  'policy-wait-outlives-statements':
    'A wait is as long as statements count, so nothing could ever pass it. Let statements count longer, or wait less.',
  'policy-weaker-than-floor':
    'A rule asks for fewer people than the floor: raiser, approver and co-signer are three people, and a release needs one more than any withdrawal.',
  'policy-stop-has-no-rule':
    'Freezes, revocations and removals need one person and no rule. Leave them out of the rules.',
  'policy-version-chain':
    'The policy does not follow the version in force. Raise it again on top of the current one.',
};

/** About changes of roster and policy that nobody could undo. */
const lockoutRefusals = {
  'policy-locks-out':
    'Under this policy the people of the roster could change neither roster nor policy any more. Keep a rule for both that they can meet.',
  'policy-own-vault-differs':
    'The policy names another address for a vault than the one this party derives from its key. Treat this as an attack until it is explained.',
  'own-vault-unproved':
    'The policy names a vault without the word of enough parties that hold its key. Take it out and name it again in the editor, which fills that in.',
  'policy-shuts-release':
    'Under this policy no freeze could ever be released. Keep a rule for releases that can be met.',
  'roster-locks-out':
    'With this roster nobody could change roster or policy any more. Keep people enough in each group that the rules ask for, and one who raises.',
  'revocation-locks-out':
    'Without these keys nobody, or nobody but whoever asks, could change roster or policy. Have a roster change stated by the usual people, or freeze everything.',
} as const;

/** About stops, and what starts again. */
const stopRefusals = {
  'everything-frozen':
    'Everything is frozen. Nothing moves until the freeze is released: a custody officer raises that on the page Freeze, and the people whom its rule asks for state it.',
  'asset-frozen':
    'The asset is frozen. It does not move until the freeze is released: a custody officer raises that on the page Freeze, and the people whom its rule asks for state it.',
  'vault-frozen':
    'The vault is frozen. Nothing leaves it until the freeze is released: a custody officer raises that on the page Freeze, and the people whom its rule asks for state it.',
  'freeze-unknown':
    'The freeze to release does not stand here: it was released already, or this party has not heard of it.',
  'revocation-person-unknown': 'The person whose keys should end is not in the roster.',
  'revocation-key-unknown': 'The key that should end is not one of that person in the roster.',
  'no-not-entitled':
    'The person who says no has no role or group that may. Ask an officer or administrator.',
  'not-a-no': 'Here only a rejection, a cancellation or a stop is taken.',
} as const;

/** About facts that sources outside sign. */
const factRefusals = {
  'fact-malformed': 'What a source signed is not in the expected form. Ask the source again.',
  'fact-source-unknown':
    'A fact comes from a source that the policy does not name for it. Use a source of the policy.',
  'fact-unauthentic':
    "A fact does not carry its source's signature. Treat this as an attack until it is explained.",
  'fact-from-the-future': "A fact is dated ahead of this party's clock. Set the clocks right.",
  'fact-missing':
    'A rule looks at a price, a verdict, a standing or a sum that is missing or too old. Get a fresh one and try again.',
} as const;

/** About waits and the second channel. */
const waitRefusals = {
  'delay-running':
    'Policy makes this wait, and the wait has begun. It goes on by itself; anyone entitled can still reject it.',
  'time-lock-running':
    'The change loosens something, so it waits out the time-lock. It takes effect by itself; any one officer can still veto it by a rejection.',
  'channel-code-missing':
    "Policy asks for the code that the party of the person's group shows at its own page. Open that page, and state it again with the code.",
  'channel-code-wrong':
    "The code is not the one this party showed that person for this operation. Read it again at the party's own page.",
} as const;

/** About the other parties. */
const peerRefusals = {
  'peer-word-missing':
    'This party has started and no other party has told it yet how far it had come. Switch another one on.',
  'peer-heads-differ':
    'Another party holds other versions, freezes or revocations. Try again; if they stay apart, state again what one lacks, or switch off the one that stands apart.',
  'own-store-behind':
    'Another party has seen this one further than its own records go. Put its newest data folder back. Of two copies that went on apart none is: leave this party off.',
} as const;

/** About the key press that a cold party asks for at its own page. */
const coldRefusals = {
  'cold-confirm-malformed':
    "The key's answer at the cold party is not in the expected form. Press the key again.",
  'cold-confirm-differs':
    'The key was pressed at the cold party over something else. Read the document again, and press again.',
  'cold-confirm-foreign-group':
    "Only a person of this cold party's own group confirms here. Ask one of them.",
  'cold-confirm-by-raiser':
    'Whoever raised the operation does not confirm it at the cold party. Ask another person of its group.',
} as const;

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
  'signer-group-not-needed':
    'A party that would sign is of a group whose people the deciding rule does not ask for. Ask the parties of the groups it names.',
  'statements-incomplete':
    'Not all the approvals and co-signatures needed are there. Ask the missing people.',
} as const;

/** About what the operation asks for. */
const operationRefusals = {
  'intent-expired': "The operation's own time limit has passed. Raise it again.",
  'policy-denies': 'The policy does not allow this operation. Look at the deciding rule.',
  'cap-exceeded':
    'The amount is above the cap for this asset, or the asset has none. Raise a smaller one.',
  'vault-unknown':
    "This party knows no such vault. Check the vault's name, or ask a party that holds a share of its key.",
  'vault-exists': 'A vault of this name exists already. Choose another name.',
  'key-exists': 'A key of this name exists already. Choose another name.',
  'control-key-differs':
    'The vault is held under another key than the operation names. Raise it again.',
  'control-address-differs':
    "The address is not this party's own for the vault. Treat this as an attack until it is explained.",
  'transfer-to-itself': 'Source and destination are the same vault. Choose another destination.',
  'transfer-destination-unknown':
    'This party holds no share of the destination vault, and the policy does not name its address. Name it under own vaults in the policy first.',
  'transfer-destination-differs':
    "The address is not the destination vault's by this party's own records. Treat this as an attack until it is explained.",
  'key-unknown': "This party holds no share of that key. Check the key's name.",
  'chain-mismatch':
    'The vault or destination is on another chain than the intent says. Raise it again.',
  'asset-mismatch':
    'The destination is listed for another asset than the intent says. Raise it again.',
  'destination-not-listed': "The destination is not on this party's list. List it first.",
  'destination-address-differs':
    "The destination's address differs from the one listed. Treat this as an attack until it is explained.",
  'destination-removed':
    'The destination was removed. List the address under another name if it is wanted again.',
  'destination-cooling-down':
    'The destination was listed a short while ago and is still cooling down. Wait until that is over.',
  'destination-expired': 'The certification of the destination has ended. Certify it again first.',
  'destination-validity-too-long':
    'The certification would last longer than policy allows. Choose an earlier end.',
  'first-use-cap-exceeded':
    'Nothing was sent to this destination yet, and policy caps the first payment. Send a smaller one first.',
  'key-cap-exceeded':
    'Until an external audit is on record, only so much may leave under one key in 24 hours, and this would be more.',
  'destination-client-differs':
    'The destination is listed for another client. Raise it with the right one.',
  'destination-exists': 'A destination of this name is listed already. Choose another name.',
  'destination-is-own-vault':
    "The address lies in one of our own vaults. It can't be a client's destination.",
  'ceremony-party-unknown':
    'The ceremony names a party that is not in the roster. Name listed parties only.',
  'ceremony-parties-order':
    'The ceremony names a party twice or out of order. List parties by their number.',
  'ceremony-without-this-party':
    'The ceremony gives this party no share. It has nothing to decide.',
  'ceremony-threshold': 'The threshold is above the number of parties. Choose one that can be met.',
  'ceremony-one-group-enough':
    "One group's parties alone would reach the threshold. Spread the shares over more groups.",
  'ceremony-cold-key-online':
    'Parties with a network could sign for this cold vault without a cold one. Give more shares to cold parties.',
  'key-epoch-differs': 'The key is at another epoch by now. Raise the operation again.',
  'key-parties-differ':
    'The operation names other parties than those that hold the key. Raise it again.',
  'backup-group-missing':
    'A party of the key has no group of custodians in the roster. Add one by a roster change first.',
  'repair-helper-lost': "The party that lost its share can't help to restore it. Name the others.",
  'repair-helpers-unsound':
    'A repair takes as many helpers as the threshold, all of them holders of the key. Name them anew.',
  'roster-parties-changed':
    'The new roster changes the parties, which takes a key ceremony. Keep the parties as they are.',
  'roster-credential-revived': 'The new roster brings a revoked key back. Enrol a new key instead.',
  'roster-credential-moved':
    "The new roster gives one person's key to another. Enrol a new key instead.",
} as const;

/** About the transaction that would be signed. */
const transactionRefusals = {
  'transfer-owner-missing':
    'In this vault every client has an account, and the transfer does not say whose moves. Raise it for one account.',
  'transfer-owner-unexpected':
    'This vault has one address for all, and the transfer names an owner. Raise it without one.',
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
  'transaction-fee-payer-differs':
    'Another account than the one of the client whom the intent names would pay the network fee. Build it again.',
  'fee-bearer-differs':
    "The intent has the network fee borne by somebody whose account does not send. One client's assets never pay for another's transfer: raise it anew.",
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
  ...policyRefusals,
  ...lockoutRefusals,
  ...stopRefusals,
  ...factRefusals,
  ...waitRefusals,
  ...peerRefusals,
  ...coldRefusals,
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
