/** A party in the hands of a test: it has a roster entry of its own and says whatever the test wants. */
import type { RosterParty } from '#lib/protocol/roster.ts';
import { intentDigest, type Intent } from '#lib/protocol/intent.ts';
import { dealShares, startDkg, type DkgState } from '../frost/dkg.ts';
import { ceremonyBaseId, ceremonyId, packageCommitment, type Member } from '../frost/transcript.ts';
import { sealEnvelope, type EnvelopeHeader, type SignedEnvelope } from '../wire/envelope.ts';
import { generateIdentitySecrets, identityFrom, type PartyIdentity } from '../wire/identity.ts';
import type { CeremonyPackage } from '../wire/payloads.ts';
import { sealPrivate } from '../wire/private-payload.ts';
import { ed25519Suite, type Suite } from '../frost/suite.ts';

export type HostileParty = { entry: RosterParty; identity: PartyIdentity };

export function hostileParty(
  name: 'control' | 'custody' | 'recovery',
  index: number,
): HostileParty {
  const identity = identityFrom(generateIdentitySecrets());
  const { identityKey, exchangeKey } = identity;
  // Nobody listens there: it speaks only where a test has it speak.
  const origin = `http://${name}.localhost:9`;
  return { entry: { name, group: name, index, identityKey, exchangeKey, origin }, identity };
}

/** One story of a dealer; a dealer that equivocates has two. */
export type Story = { state: DkgState; revealed: CeremonyPackage; nonce: string };

export function makeStory(
  party: HostileParty,
  members: readonly Member[],
  nonce: string,
  suite: Suite = ed25519Suite,
): Story {
  const indexes = members.map(({ index }) => index);
  return { ...startDkg(suite, party.entry.index, indexes, 2), nonce };
}

/** What the hostile party knows of a ceremony it takes part in. */
export type CeremonyView = {
  intent: Extract<Intent, { kind: 'key-ceremony' }>;
  members: readonly Member[];
  rosterDigest: string;
};

export const baseIdOf = ({ intent, members, rosterDigest }: CeremonyView): string =>
  ceremonyBaseId({
    suite: intent.suite,
    key: intent.key,
    epoch: 1,
    threshold: intent.threshold,
    members,
    intentDigest: intentDigest(intent),
    rosterDigest,
  });

export function header(
  party: HostileParty,
  view: CeremonyView,
  ceremony: string,
  round: number,
  to = '*',
): EnvelopeHeader {
  const { name } = party.entry;
  return { v: 1, ceremony, key: view.intent.key, epoch: 1, round, from: name, to, seq: round };
}

export function promise(party: HostileParty, view: CeremonyView, story: Story): SignedEnvelope {
  const base = baseIdOf(view);
  const commitment = packageCommitment(base, party.entry.name, story.nonce, story.revealed);
  const payload = { nonce: story.nonce, commitment };
  return sealEnvelope(party.identity, header(party, view, base, 0), payload);
}

export function reveal(
  party: HostileParty,
  view: CeremonyView,
  story: Story,
  ceremony: string,
): SignedEnvelope {
  return sealEnvelope(party.identity, header(party, view, ceremony, 1), story.revealed);
}

/** Ceremony id from the nonces of everybody, as members compute it. */
export const ceremonyOf = (view: CeremonyView, nonces: ReadonlyMap<string, string>): string =>
  ceremonyId(baseIdOf(view), view.members, nonces);

/** The share that one story deals to one member, in an envelope for it. */
export function deal(
  party: HostileParty,
  view: CeremonyView,
  of: { story: Story; packages: ReadonlyMap<number, CeremonyPackage>; ceremony: string },
  receiver: Member,
): SignedEnvelope {
  const dealt = dealShares(of.story.state, of.packages);
  const share = dealt.ok ? dealt.shares.get(receiver.index) : undefined;
  if (!share) throw new Error('The story deals no share.');
  const of_ = header(party, view, of.ceremony, 2, receiver.name);
  return sealEnvelope(party.identity, of_, sealPrivate(receiver.exchangeKey, of_, share));
}
