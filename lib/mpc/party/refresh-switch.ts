/**
 * The switch from one epoch of a key to the next, in two phases. A party signs with exactly one epoch:
 *
 * 1. It has **prepared** e+1 and signs with e: the new share is stored and works, and this party has
 *    said so. It learns of the others by their signed confirmations.
 * 2. With the confirmations of *all* members it puts e+1 in force and signs with that only. e is
 *    **retiring**: it signs nothing any more, and is kept, sealed, because others may not be there yet.
 * 3. With the word of all members that e+1 is in force there, e is erased.
 *
 * Killed at any point, each party is on one epoch, and the members' confirmations can be passed on at
 * any time, by whoever has them: they need no decision, and a party in force hands them out
 * (`lookAtKey`). While some have switched and some not, parties of different epochs refuse each
 * other's messages (`envelope-wrong-epoch`) and no signature comes out until the switch is finished.
 *
 * **When it is begun again.** A refresh that stopped after some parties confirmed is begun anew, and
 * in its first round each says which versions of e+1 it ever confirmed. One that nobody denies must be
 * finished (`refresh-unfinished`). One that somebody denies can't come in force without that member's
 * confirmation, and a member that begins anew can give none for an earlier run any more. On confirming
 * the new version a party sets the earlier one aside (**superseded**), and puts it in force no longer,
 * even with all confirmations; it keeps it only while another member has it in first place.
 *
 * **With a party in hostile hands.** It may confirm e+1, deny that it ever did, and have its
 * confirmation shown to one party only, which then is on e+1 while another has set that aside. All
 * confirmations together prove its lie. A set-aside version is therefore put in force all the same with
 * all confirmations and so many words of parties that have it in force that, with those who lied, they
 * are as many as the threshold: at most threshold−1 are hostile, so one of these words is honest.
 *
 * **So no two honest parties ever sign with different versions of one epoch.** The first honest party
 * to put a version in force confirmed no other after it. Were two versions in force, two honest parties
 * would have confirmed both, each the other one last; but each confirmation takes messages of all
 * members from the same run, and a party is in one run at a time, so the order is the same for all. A
 * hostile party that withholds its confirmation stops a refresh, and one that withholds its last word
 * keeps e from being erased; both are seen in the status.
 */
import { publicKeyOf } from '../frost/group.ts';
import {
  everyone,
  openRound,
  sealEnvelope,
  signedEnvelope,
  type OpenedRound,
  type SignedEnvelope,
} from '../wire/envelope.ts';
import { refreshWord, type RefreshWord } from '../wire/refresh-payloads.ts';
import type { RpcAnswer, RpcRequest } from '../wire/rpc.ts';
import { FIRST_EPOCH } from './ceremony-session.ts';
import { raiseMarks } from './marks.ts';
import {
  answer,
  findShare,
  forgetShare,
  keysOf,
  note,
  peersOf,
  refuse,
  type Answer,
  type Party,
} from './party.ts';
import { forgetPair } from './pairs.ts';
import { CONFIRM_ROUND } from './refresh-confirm.ts';
import { refreshes } from './refresh-session.ts';
import { findPrepared, findUsable } from './refresh.ts';
import { closeSessionsOf } from './signing-session.ts';
import { eraseEarlier, flushErased, switchEpoch } from './store/epochs.ts';
import type { KeyRecord } from './store/keys.ts';

const WORD_ROUND = 6;

type Words = OpenedRound<RefreshWord>;

/** This party's word that it has the epoch in force. */
function wordOf(party: Party, record: KeyRecord): SignedEnvelope {
  const { key, epoch, ceremony, transcript, group } = record;
  const header = {
    v: 1,
    ceremony,
    key,
    epoch,
    round: WORD_ROUND,
    from: party.config.name,
    to: everyone,
    seq: WORD_ROUND,
  } as const;
  return sealEnvelope(party.identity, header, { transcript, publicKey: publicKeyOf(group) });
}

/** What is left of epochs before this one, and of others that should have come in its place. */
const othersThan = (party: Party, { key, epoch, ceremony }: KeyRecord): KeyRecord[] =>
  keysOf(party).filter(
    (other) => other.key === key && other.epoch <= epoch && other.ceremony !== ceremony,
  );

/** What the party holds of a key, in words that it signed: public, so no decision is asked. */
export function lookAtKey(party: Party, request: { key: string }): Answer<RpcAnswer<'keyLook'>> {
  const used = findUsable(party, request.key);
  const prepared = used && findPrepared(party, used.key, used.epoch + 1);
  return answer({
    used: used && {
      epoch: used.epoch,
      ceremony: used.ceremony,
      publicKey: publicKeyOf(used.group),
      intentDigest: used.intentDigest,
      confirmations:
        used.evidence.length > 0 && used.confirmation ? [...used.evidence, used.confirmation] : [],
      word: used.epoch > FIRST_EPOCH ? wordOf(party, used) : null,
      isAlone: othersThan(party, used).length === 0,
    },
    prepared: prepared?.confirmation
      ? { ceremony: prepared.ceremony, confirmation: prepared.confirmation }
      : null,
  });
}

/** Opens one word of each of these members about exactly this epoch. */
function openWords(
  record: KeyRecord,
  envelopes: readonly unknown[],
  round: number,
  senders: ReadonlyMap<string, string>,
): Words {
  const { key, epoch, ceremony } = record;
  const expected = { ceremony, key, epoch, round, seq: round, to: everyone };
  return openRound(envelopes, { ...expected, senders, payload: refreshWord });
}

/** The first who speaks of something else than this party stored. */
function findOther(record: KeyRecord, words: Extract<Words, { ok: true }>): string | null {
  const publicKey = publicKeyOf(record.group);
  const other = [...words.messages.values()].find(
    ({ payload }) => payload.transcript !== record.transcript || payload.publicKey !== publicKey,
  );
  return other?.from ?? null;
}

/** Whether enough members have a set-aside epoch in force; the confirmations of all are there. */
function isInForceElsewhere(
  party: Party,
  record: KeyRecord,
  envelopes: readonly unknown[],
): boolean {
  const saysSo = (member: [string, string]): boolean =>
    envelopes.some((candidate) => {
      const opened = openWords(record, [candidate], WORD_ROUND, new Map([member]));
      return opened.ok && findOther(record, opened) === null;
    });
  const heard = [...peersOf(party, record.members)].filter(saysSo).map(([name]) => name);
  return new Set([...record.abandonedBy, ...heard]).size >= record.group.threshold;
}

/**
 * All confirmations in: the next epoch is in force here, and this party's word of that goes out.
 * Works from the store, so also after a restart; asked again it answers the same.
 */
export function activateEpoch(
  party: Party,
  request: RpcRequest<'refreshActivate'>,
): Answer<{ envelope: SignedEnvelope }> {
  const record = keysOf(party).find(
    ({ key, ceremony }) => key === request.key && ceremony === request.ceremony,
  );
  if (!record || record.epoch === FIRST_EPOCH) return refuse('refresh-not-prepared');
  if (record.state === 'usable') return answer({ envelope: wordOf(party, record) });
  const from = findUsable(party, record.key);
  if (from?.epoch !== record.epoch - 1) return refuse('refresh-not-prepared');
  const opened = openWords(
    record,
    request.envelopes,
    CONFIRM_ROUND,
    peersOf(party, record.members),
  );
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const other = findOther(record, opened);
  if (other !== null) return refuse('refresh-equivocation', other);
  if (record.state === 'superseded' && !isInForceElsewhere(party, record, request.words))
    return refuse('refresh-given-up', record.abandonedBy[0] ?? null);
  if (!findShare(party, record)) return refuse('share-lost');
  const evidence = request.envelopes.map((one) => signedEnvelope.parse(one));
  return answer({ envelope: putInForce(party, { from, to: record, evidence }) });
}

function putInForce(
  party: Party,
  of: { from: KeyRecord; to: KeyRecord; evidence: SignedEnvelope[] },
): SignedEnvelope {
  const { from, to } = of;
  const { database, kek, config } = party;
  const others = keysOf(party).filter(
    ({ key, ceremony, state }) =>
      key === to.key && ceremony !== to.ceremony && state === 'prepared',
  );
  // What began under the epoch before can't be completed with parties of this one.
  refreshes.drop(party, to.key);
  closeSessionsOf(party, to.key);
  database.commit(() => {
    switchEpoch(database, kek, config.name, { ...of, others }, party.now());
    note(party, { event: 'epoch-usable', operation: to.operation, digest: to.intentDigest });
  });
  party.register = null;
  raiseMarks(party);
  forgetShare(party, from);
  party.log('epoch-usable', { key: to.key, epoch: to.epoch });
  return wordOf(party, to);
}

/** The words of all members in: everything of the key but the epoch in force is erased. */
export function eraseEpochs(
  party: Party,
  request: RpcRequest<'refreshErase'>,
): Answer<{ epoch: number }> {
  const record = findUsable(party, request.key);
  if (record?.ceremony !== request.ceremony || record.epoch === FIRST_EPOCH)
    return refuse('refresh-not-prepared');
  const { database } = party;
  const rest = othersThan(party, record);
  if (rest.length === 0) return answer({ epoch: record.epoch });
  const opened = openWords(record, request.envelopes, WORD_ROUND, peersOf(party, record.members));
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  const other = findOther(record, opened);
  if (other !== null) return refuse('refresh-equivocation', other);
  database.commit(() => {
    eraseEarlier(database, record);
    const { operation, intentDigest: digest } = record;
    note(party, { event: 'epoch-erased', operation, digest });
  });
  for (const gone of rest) {
    forgetShare(party, gone);
    for (const { name } of gone.members) forgetPair(party, gone, name);
  }
  party.register = null;
  raiseMarks(party);
  flushErased(database);
  party.log('epoch-erased', { key: record.key, epoch: record.epoch });
  return answer({ epoch: record.epoch });
}
