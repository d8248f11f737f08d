/** The facts a policy looks at, each from the one place that can know it. */
import type { DecideInput } from './decide-input.ts';
import { isStopKind } from './intent-kinds.ts';
import { movesCoins, type Intent, type WithdrawalIntent } from './intent.ts';
import type { Policy } from './policy.ts';
import type { PolicyFacts } from './policy-facts.ts';
import { eurCentsOf, type FactSubject, type KnownFacts } from './signed-facts.ts';

type Held = DecideInput['party'];

/** Id of the destination that an operation is about; null for none. */
export function destinationIn(intent: Intent): string | null {
  switch (intent.kind) {
    case 'withdrawal':
    case 'destination-listing':
      return intent.destination.id;
    case 'destination-removal':
      return intent.destination;
    default:
      return null;
  }
}

/** What sources may have signed something about. */
export function subjectOf(intent: Intent): FactSubject {
  switch (intent.kind) {
    case 'vault-transfer':
      return { asset: intent.asset, client: null, destination: null };
    case 'withdrawal':
      return {
        asset: intent.asset,
        client: intent.client,
        destination: { chain: intent.chain, address: intent.destination.address },
      };
    case 'destination-listing': {
      const { asset, client, chain, address } = intent.destination;
      return { asset, client, destination: { chain, address } };
    }
    default:
      return { asset: null, client: null, destination: null };
  }
}

const seconds = (from: string, to: string): number =>
  Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));

function destinationFacts(
  intent: WithdrawalIntent,
  party: Held,
  now: string,
): PolicyFacts['destination'] {
  const held = party.destinations.find(({ id }) => id === intent.destination.id);
  if (!held) return undefined;
  return { class: held.class, ageSeconds: seconds(held.listedAt, now), firstUse: !held.used };
}

type SignedName = 'eurCents' | 'risk' | 'standing' | 'shortfall';

/** Undefined, which is missing, where a source should have said it and none did. */
function signedFacts(intent: Intent, known: KnownFacts): Pick<PolicyFacts, SignedName> {
  const { price, risk, standing, books } = known;
  const of: Pick<PolicyFacts, SignedName> = {};
  if (movesCoins(intent)) {
    if (price) of.eurCents = String(eurCentsOf(BigInt(intent.amount), price));
    if (books !== null) of.shortfall = books;
  } else {
    of.eurCents = null;
    of.shortfall = null;
  }
  if (intent.kind === 'withdrawal' || intent.kind === 'destination-listing') {
    if (risk !== null) of.risk = risk;
    if (standing !== null) of.standing = standing;
    return of;
  }
  return { ...of, risk: null, standing: null };
}

/**
 * @param input.known what sources signed, already verified.
 * @returns null when the party does not know the vault.
 */
export function factsOf(
  intent: Intent,
  input: { party: Held; known: KnownFacts; now: string },
): PolicyFacts | null {
  const { party, known, now } = input;
  const base: PolicyFacts = {
    kind: intent.kind,
    asset: null,
    amount: null,
    tier: null,
    vault: null,
    client: null,
    destination: null,
    spent: party.spent,
    now,
    ...signedFacts(intent, known),
  };
  if (isStopKind(intent.kind)) return base;
  switch (intent.kind) {
    case 'withdrawal': {
      const vault = party.vaults.find((entry) => entry.id === intent.vault);
      if (!vault) return null;
      const { asset, amount, client } = intent;
      const destination = destinationFacts(intent, party, now);
      const facts: PolicyFacts = {
        ...base,
        asset,
        amount,
        client,
        tier: vault.tier,
        vault: vault.id,
      };
      if (destination === undefined) delete facts.destination;
      else facts.destination = destination;
      return facts;
    }
    case 'vault-transfer': {
      const vault = party.vaults.find((entry) => entry.id === intent.vault);
      const { asset, amount } = intent;
      return vault ? { ...base, asset, amount, tier: vault.tier, vault: vault.id } : null;
    }
    case 'proof-of-control': {
      const vault = party.vaults.find((entry) => entry.id === intent.vault);
      return vault ? { ...base, tier: vault.tier, vault: vault.id } : null;
    }
    case 'key-ceremony':
      return { ...base, tier: intent.vault.tier, vault: intent.vault.id };
    case 'key-refresh':
    case 'key-repair':
    case 'key-backup': {
      const vault = party.vaults.find((entry) => entry.key === intent.key);
      return { ...base, tier: vault?.tier ?? null, vault: vault?.id ?? null };
    }
    case 'destination-listing': {
      const { asset, client, class: of } = intent.destination;
      const destination = { class: of, ageSeconds: 0, firstUse: true };
      return { ...base, asset, client, destination };
    }
    default:
      return base;
  }
}

/** Which sums over windows the policies ask about for an operation; the party counts these. */
export function spentQuestions(
  policies: readonly Policy[],
  asset: string,
): { scope: PolicyFacts['spent'][number]['scope']; hours: number }[] {
  const asked = new Map<string, { scope: PolicyFacts['spent'][number]['scope']; hours: number }>();
  const ask = (scope: PolicyFacts['spent'][number]['scope'], hours: number): void =>
    void asked.set(`${scope} ${hours}`, { scope, hours });
  for (const policy of policies) {
    if (policy.caps.some((cap) => cap.asset === asset && cap.perDay !== undefined))
      ask('asset', 24);
    if (policy.keyCaps?.some((cap) => cap.asset === asset)) ask('vault', 24);
    if (policy.book?.firstUseCaps?.some((cap) => cap.asset === asset)) ask('destination', 24);
    for (const { when } of policy.rules)
      if (when.velocity && when.assets?.includes(asset))
        ask(when.velocity.scope, when.velocity.hours);
  }
  return [...asked.values()];
}
