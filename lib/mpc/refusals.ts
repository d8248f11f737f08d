/**
 * Refusals of the machinery around the decision: transport, envelopes, ceremonies, signing
 * sessions, the pin. What the decision itself refuses is named in `lib/protocol/refusals.ts`.
 * Every sentence is constant: nothing from a request, a store or a secret is ever repeated in one.
 */
import { dklsSentences } from './dkls/faults.ts';
import { isPartyRefusal, sentenceOf, type PartyRefusal } from '#lib/protocol/refusals.ts';

const envelopeSentences = {
  'envelope-malformed': 'A message between parties does not have the agreed form.',
  'envelope-foreign-sender': 'A message came from someone outside the group of this key.',
  'envelope-unauthentic': 'A message was not signed by the party it names as its sender.',
  'envelope-foreign-ceremony': 'A message belongs to another ceremony or signing session.',
  'envelope-foreign-key': 'A message is about another key.',
  'envelope-wrong-epoch': 'A message belongs to another epoch of the key.',
  'envelope-wrong-round': 'A message belongs to another round.',
  'envelope-misaddressed': 'A message is meant for another party.',
  'envelope-duplicate': 'One party sent two messages for the same round.',
  'envelope-missing': 'A message of one of the parties is missing.',
  'envelope-unreadable': 'A private message could not be opened.',
} as const;

const ceremonySentences = {
  'kind-without-ceremony': 'This kind of operation makes no key.',
  'ceremony-unknown': 'The party knows of no such key ceremony; it may have restarted.',
  'ceremony-out-of-step': 'This step of the key ceremony is not due.',
  'ceremony-group-unsound':
    'The parties of the key are not the ones the roster names, in its order.',
  'ceremony-threshold-unsound': 'The threshold must be more than half of the parties.',
  'ceremony-suite-unsupported':
    'This party makes no keys of the suite that the ceremony names. Update the parties, or raise a ceremony with a suite that they all make.',
  'ceremony-suite-unfit':
    'No key of this suite can move what lies on the chain of the vault. Raise a ceremony with a suite that fits the chain.',
  'ceremony-suite-not-cold':
    'A signature of this suite takes more rounds than can be carried to a cold party. Raise a ceremony among parties with a network, or with a suite that a cold party signs with.',
  'ceremony-already-prepared':
    'The party has confirmed its share of this key and never replaces it. Ask again with all parties of the key on; if this stays, raise a ceremony with another key and vault name.',
  'ceremony-commitment-broken': 'A party revealed something other than what it had committed to.',
  'ceremony-proof-invalid': 'A party could not prove that it knows its part of the key.',
  'ceremony-share-invalid': 'A party sent a share that does not fit its commitment.',
  'ceremony-equivocation':
    'The parties did not all see the same ceremony: one of them told different things to different parties.',
} as const;

const keyLifeSentences = {
  'kind-done-otherwise': 'This kind of operation is carried out in another way.',
  'refresh-unknown': 'The party knows of no such key refresh; it may have restarted.',
  'refresh-out-of-step': 'This step of the key refresh is not due.',
  'refresh-commitment-broken': 'A party revealed something other than what it had committed to.',
  'refresh-commitment-unsound':
    'A party showed commitments for the refresh that would change the key or its threshold.',
  'refresh-share-invalid': 'A party sent a share that does not fit its commitment.',
  'refresh-equivocation':
    'The parties did not all see the same refresh: one of them told different things to different parties.',
  'refresh-proof-invalid':
    'The new shares did not sign together, so the epoch in force stays. A party whose share is bad is named.',
  'refresh-unfinished':
    'All parties have confirmed the next epoch already. It is put in force before another is made.',
  'refresh-not-prepared': 'The party has prepared no such epoch of this key.',
  'refresh-given-up':
    'The party prepared another epoch after it heard that this one was given up. One party said so and confirmed it all the same; the words of those that have it in force bring it back.',
  'repair-unknown': 'The party knows of no such share repair; it may have restarted.',
  'repair-out-of-step': 'This step of the share repair is not due.',
  'repair-key-differs':
    'The helpers do not say the same of the key, or not what this party knows of it. Compare the key in the status of each party.',
  'repair-one-group':
    "A repair needs helpers of at least two groups, so that the people of one can't make a key up.",
  'repair-commitment-unsound': 'A helper showed parts that do not add up to its own share.',
  'repair-delta-invalid': 'A helper sent a part that is not the one it showed.',
  'repair-sigma-invalid': 'A helper sent a sum that is not the one its parts add up to.',
  'repair-share-wrong': 'What the helpers sent does not fit the key, so nothing was stored.',
  'repair-equivocation':
    'The parties did not all see the same repair: one of them told different things to different parties.',
  'backup-unready': 'The party is still sealing its share. Ask again in a moment.',
  'backup-unknown': 'The party sealed nothing for this operation; it may have restarted.',
  'backup-unsound':
    "The party could not seal its share: the custodians' recovery key or what it knows of the key is unsound. Make a new group of custodians.",
  'share-lost':
    'The party can no longer open its share of this key, so it takes no part. Repair the share with the help of the others.',
} as const;

const signingSentences = {
  'kind-not-signable': 'This kind of operation has nothing to sign.',
  'transaction-malformed': 'The transaction is not a message of a chain this party knows.',
  'control-chain-unknown':
    'The vault is on a chain for which this party makes no text to sign. Nothing was signed.',
  'control-message-differs':
    'What was to be signed is not the text that this party makes from the intent. Treat this as an attack until it is explained.',
  'quorum-unsound': 'The parties asked to sign are not a quorum of this key.',
  'too-many-sessions': 'The party already has as many signing sessions open as it allows.',
  'transaction-of-another-operation':
    'The party already signed this transaction for another operation, and one payment never counts for two. Build it over another nonce.',
  'session-unknown':
    'The party knows of no such signing session; it may have timed out or restarted.',
  'session-out-of-step': 'This step of the signing session is not due.',
  'trust-changed': 'Roster or policy changed while the session was open.',
  'commitment-invalid': 'A party sent a nonce commitment that is not a valid pair of points.',
  'parts-differ':
    'A party sent something for more or fewer parts of the transaction than there are. Treat this as an attack until it is explained.',
  'share-invalid': 'A party sent a signature share that does not verify.',
  'final-signature-invalid': 'The signature does not verify under the key of the vault.',
  'nothing-to-settle': 'The party released no share for this transaction.',
} as const;

const pairSentences = {
  'pair-unfit': 'No pair is set up for this key, at this party, with that party.',
  'pair-unknown': 'The party knows of no such set-up of a pair; it may have restarted.',
  'pair-out-of-step': 'This step of the set-up of a pair is not due.',
  'pair-missing':
    'The party has no pair with another party that should sign. Set the pairs of the key up; after a repair the key is refreshed first.',
  'pair-used':
    'The pair has signed in this epoch of the key, so it is not set up again before the next.',
  'pair-banned':
    'A check between two parties failed, so they sign nothing together in this epoch of the key. Treat this as an attack until it is explained, and refresh the key.',
  'pair-differs':
    'The two parties of a pair do not hold the same. Set it up again; where it was used already, refresh the key.',
  'too-many-parts':
    'The transaction has more parts than parties sign together with this suite. Build it with fewer inputs.',
  'step-of-another-suite': 'Keys of this suite are not signed with in this step.',
} as const;

const trustSentences = {
  'request-malformed': 'The request does not have the agreed form.',
  'genesis-statement-invalid': 'A statement about the genesis does not verify.',
  'genesis-policy-unsound': 'The first policy breaks a rule of policies.',
  'genesis-party-differs':
    'The genesis does not name this party with its own keys, group and address.',
  'genesis-origin-unsound':
    'The genesis gives a party with a network no address of its own at which the others could reach it safely.',
  'kind-not-adoptable': 'This kind of operation is carried out, not adopted.',
  'version-gap': 'The party misses versions in between and needs them first.',
  'version-does-not-follow':
    'The new version does not name the version in force as its predecessor.',
  'no-time-to-follow':
    'What people stated ends within seconds, before the other parties could follow, so none begins. State it again.',
  'receipt-invalid': 'A receipt that should show that another party adopted this does not verify.',
  'operation-has-another-intent': 'The party already knows this operation with another content.',
  'fee-bound-too-high':
    'The highest fee that was stated is above what one transfer on this chain may ever pay for its place in a block. State it again with a lower one.',
  'peer-unauthentic':
    'The message was not signed by another party of the roster, or is not for this one.',
  'peer-genesis-differs': 'The other party has pinned another genesis.',
  'peer-question-stale':
    'The question of another party is dated too far from the clock here. Set the clocks right.',
  'internal-fault': 'The party met a fault of its own and did nothing.',
} as const;

const coldSentences = {
  'cold-party-unknown':
    'The roster lists no cold party of that name, or this party is cold itself. Ask a party with a network about a cold one.',
  'trip-void':
    'The trip is void: the party that waited for the answer restarted, or the time is over. Start a new trip; what the cold party answered is worth nothing to anybody.',
  'cold-word-missing':
    'The request lacks the signed word of the party that sent it. Fetch the request again.',
  'cold-word-invalid':
    'The signed word at the head of the request does not fit the request. Treat this as an attack until it is explained.',
  'cold-heads-invalid':
    'What should say how far the cold party has come is not signed by one. Fetch the answer again.',
  'cold-store-behind':
    'The cold party has come less far than it was seen before: its data folder is an old copy. Put the newest one back.',
  'cold-confirm-stale':
    'The key was pressed too late, or the page was loaded anew. Read the document again, and press again.',
  'already-signed':
    'The cold party knows the signature of this transaction already. Look for it where the trip before ended.',
  'step-does-not-travel':
    'A cold party takes no such step from a document. Make the request again, with both sides up to date.',
} as const;

/** One constant sentence per refusal of the machinery. */
export const mpcRefusalSentences = {
  ...envelopeSentences,
  ...ceremonySentences,
  ...keyLifeSentences,
  ...signingSentences,
  ...pairSentences,
  ...dklsSentences,
  ...trustSentences,
  ...coldSentences,
} as const;

export type EnvelopeRefusal = keyof typeof envelopeSentences;
export type MpcRefusal = keyof typeof mpcRefusalSentences;

/** Everything a party process answers when it says no. */
export type Refusal = PartyRefusal | MpcRefusal;

export function isRefusal(text: unknown): text is Refusal {
  return (
    isPartyRefusal(text) || (typeof text === 'string' && Object.hasOwn(mpcRefusalSentences, text))
  );
}

/** @returns the constant sentence that goes with a refusal. */
export function refusalSentence(refusal: Refusal): string {
  return isPartyRefusal(refusal) ? sentenceOf(refusal) : mpcRefusalSentences[refusal];
}
