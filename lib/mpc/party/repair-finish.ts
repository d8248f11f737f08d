/** The end of a repair: the party that lost its share adds up what the helpers sent, and stores it. */
import { publicKeyOf } from '../frost/group.ts';
import { finishRepair } from '../frost/repair.ts';
import { everyone, sealEnvelope } from '../wire/envelope.ts';
import { privatePayload } from '../wire/private-payload.ts';
import type { KeyRequest } from './ceremony-rounds.ts';
import { raiseMarks } from './marks.ts';
import { byIndex, nameAt, openScalars } from './member-messages.ts';
import { answer, forgetShare, keysOf, note, refuse, type Answer, type Party } from './party.ts';
import { forgetPair, giveUpPairs } from './pairs.ts';
import { agreedIn } from './repair-rounds.ts';
import { repairs, openRepairRound, repairHeader, type RepairSession } from './repair-session.ts';
import { closeSessionsOf } from './signing-session.ts';
import { restoreEpoch } from './store/epochs.ts';
import type { KeyRecord } from './store/keys.ts';

/** Round 4 in: the share is proven against the key and stored. */
export function finishRepairRound(
  party: Party,
  request: KeyRequest,
): Answer<{ publicKey: string }> {
  const session = repairs.find(party, request.key, 'finish');
  if (typeof session === 'string') return refuse(session);
  const { helpers, own, id, packages } = session;
  const opened = openRepairRound(party, session, request.envelopes, {
    round: 4,
    ceremony: id,
    to: own.name,
    payload: privatePayload,
    from: helpers,
  });
  if (!opened.ok) return refuse(opened.refusal, opened.party);
  if (party.trust?.rosterHead !== session.rosterHead)
    return repairs.abort(party, session, 'trust-changed', null);
  const sums = openScalars(party, opened.messages);
  if (!sums.ok) return repairs.abort(party, session, 'envelope-unreadable', sums.culprit);
  const { plan, word } = agreedIn(session);
  const finished = finishRepair(plan, byIndex(helpers, packages), byIndex(helpers, sums.scalars));
  for (const sum of sums.scalars.values()) sum.fill(0);
  if (!finished.ok)
    return repairs.abort(party, session, finished.refusal, nameAt(helpers, finished.culprit));
  keepShare(party, session, finished.signingShare);
  finished.signingShare.fill(0);
  repairs.drop(party, session.intent.key);
  return answer({ publicKey: publicKeyOf(word.group) });
}

function keepShare(party: Party, session: RepairSession, share: Uint8Array): void {
  const { intent, intentDigest: digest } = session;
  const { word } = agreedIn(session);
  const { database, kek, config } = party;
  const earlier = keysOf(party).find(
    ({ key, epoch, ceremony }) =>
      key === intent.key && epoch === intent.epoch && ceremony === word.ceremony,
  );
  const header = repairHeader(session, session.id, 5, everyone);
  const own = sealEnvelope(party.identity, header, {
    transcript: word.transcript,
    publicKey: publicKeyOf(word.group),
  });
  const record: KeyRecord = {
    ...word,
    key: intent.key,
    epoch: intent.epoch,
    state: 'usable',
    echo: earlier?.echo ?? own,
    confirmation: earlier?.confirmation ?? own,
    evidence: earlier?.evidence ?? [],
    abandonedBy: [],
  };
  closeSessionsOf(party, record.key);
  forgetShare(party, record);
  for (const { name } of record.members) forgetPair(party, record, name);
  database.commit(() => {
    restoreEpoch(database, kek, config.name, { record, share, all: keysOf(party) }, party.now());
    if (record.suite === 'DKLS23-secp256k1-SHA256-v1') giveUpPairs(party, record);
    note(party, { event: 'share-repaired', operation: intent.operation, digest });
  });
  party.register = null;
  raiseMarks(party);
  party.log('share-repaired', { key: record.key, epoch: record.epoch });
}
