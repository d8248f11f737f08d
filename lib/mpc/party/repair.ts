/**
 * The start of a share repair at a helper and at the party that lost its share: only with an
 * operation that this party's own decision allows. Rounds: `repair-rounds.ts`.
 */
import { randomBytes } from 'node:crypto';
import { intent as intentSchema } from '#lib/protocol/intent.ts';
import type { KeyRepairIntent } from '#lib/protocol/key-intents.ts';
import { publicKeyOf } from '../frost/group.ts';
import { startRepair } from '../frost/repair.ts';
import { repairBaseId } from '../frost/repair-transcript.ts';
import { suiteOf } from '../frost/suite.ts';
import type { Member } from '../frost/transcript.ts';
import type { Refusal } from '../refusals.ts';
import { toHex } from '../wire/encoding.ts';
import { everyone, sealEnvelope } from '../wire/envelope.ts';
import type { RepairOpening } from '../wire/repair-payloads.ts';
import type { RpcAnswer } from '../wire/rpc.ts';
import { ceremonyEnd } from './cold-lifetime.ts';
import { keepDecision, makeDecision, type Decided, type LooseBundle } from './make-decision.ts';
import {
  answer,
  findShare,
  membersInForce,
  note,
  refuse,
  type Answer,
  type Party,
} from './party.ts';
import { areInForce, findUsable } from './refresh.ts';
import { wordAbout } from './repair-key-word.ts';
import { repairs, repairHeader, type RepairSession } from './repair-session.ts';
import type { KeyRecord } from './store/keys.ts';
import type { Trust } from './store/trust.ts';

const REPAIRS_MAX = 8;

/** The key, where this party is the one to be repaired and its share is there after all. */
function findHeld(party: Party, loose: LooseBundle): KeyRecord | null {
  const parsed = intentSchema.safeParse(loose.intent);
  if (!parsed.success || parsed.data.kind !== 'key-repair') return null;
  const { key, epoch, party: lost } = parsed.data;
  const record = lost === party.config.name ? findUsable(party, key) : null;
  return record?.epoch === epoch && findShare(party, record) ? record : null;
}

/** Decides and opens a repair; for a share that is there it answers the key instead. */
export function beginRepair(
  party: Party,
  request: { bundle: LooseBundle },
): Answer<RpcAnswer<'repairBegin'>> {
  const { trust } = party;
  if (!trust) return refuse('genesis-missing');
  const inForce = membersInForce(party, trust);
  if (!inForce) return refuse('party-not-in-roster');
  const held = findHeld(party, request.bundle);
  if (held) return answer({ state: 'held', publicKey: publicKeyOf(held.group) });
  const verdict = makeDecision(party, trust, {
    loose: request.bundle,
    transaction: null,
    now: party.now(),
  });
  if (!verdict.ok) return verdict;
  const { intent } = verdict.value.bundle;
  if (intent.kind !== 'key-repair') return refuse('kind-done-otherwise');
  repairs.dropStale(party);
  repairs.drop(party, intent.key);
  if (party.repairs.size >= REPAIRS_MAX) return refuse('too-many-sessions');
  return startSession(party, { trust, decided: verdict.value, intent, inForce });
}

type Starting = {
  trust: Trust;
  decided: Decided;
  intent: KeyRepairIntent;
  inForce: readonly Member[];
};

/** What a helper brings: its record of the key, and its weighted share in parts. */
function prepareHelp(
  party: Party,
  { intent, inForce }: Starting,
  of: { own: Member; lost: Member; helpers: readonly Member[] },
): { record: KeyRecord; repair: NonNullable<RepairSession['repair']> } | Refusal {
  const record = findUsable(party, intent.key);
  if (record?.epoch !== intent.epoch) return 'key-epoch-differs';
  if (!areInForce(record.members, inForce)) return 'ceremony-group-unsound';
  const share = findShare(party, record);
  if (!share) return 'share-lost';
  const helpers = of.helpers.map(({ index }) => index);
  const plan = { suite: suiteOf(record.suite), group: record.group, lost: of.lost.index, helpers };
  return { record, repair: startRepair(plan, of.own.index, share).state };
}

function startSession(party: Party, of: Starting): Answer<RpcAnswer<'repairBegin'>> {
  const { trust, decided, intent, inForce } = of;
  const named = (name: string) => inForce.filter((member) => member.name === name);
  const helpers = intent.helpers.flatMap(named);
  const [lost] = named(intent.party);
  const [own] = named(party.config.name);
  if (!lost || !own || helpers.length !== intent.helpers.length)
    return refuse('ceremony-group-unsound');
  const help = own.name === lost.name ? null : prepareHelp(party, of, { own, lost, helpers });
  if (typeof help === 'string') return refuse(help);
  const participants = [...helpers, lost];
  const { key, epoch } = intent;
  const baseId = repairBaseId({
    key,
    epoch,
    lost: lost.name,
    participants,
    intentDigest: decided.digest,
    rosterDigest: trust.rosterDigest,
  });
  const opening: RepairOpening = {
    nonce: toHex(randomBytes(32)),
    word: help && wordAbout(help.record),
  };
  const names = participants.map(({ name }) => name);
  const session: RepairSession = {
    intent,
    intentDigest: decided.digest,
    attempt: decided.attempt,
    rosterHead: trust.rosterHead,
    own,
    lost,
    helpers,
    participants,
    baseId,
    repair: help?.repair ?? null,
    endsAt: ceremonyEnd(trust.roster, names, party.now().getTime()),
    step: 'reveal',
    openings: new Map([[own.name, opening]]),
    id: '',
    agreed: null,
    packages: new Map(),
  };
  party.database.commit(() => {
    keepDecision(party, decided);
    note(party, { event: 'repair-begun', operation: intent.operation, digest: decided.digest });
  });
  party.repairs.set(key, session);
  const header = repairHeader(session, baseId, 0, everyone);
  return answer({ state: 'begun', envelope: sealEnvelope(party.identity, header, opening) });
}
