/** An operation against this party's own register, book and list of stops. */
import type { DecideInput } from '#lib/protocol/decide-input.ts';
import type { Intent, MovingIntent, WithdrawalIntent } from '#lib/protocol/intent.ts';
import { readRecipient } from '#lib/chains/read-recipient.ts';
import { findChain } from '#lib/chains/registry.ts';
import { amountText } from './amounts.ts';
import { placesOf } from '#lib/protocol/match-transfer.ts';
import { accountIn } from '#lib/protocol/source-account.ts';
import { scopeWords } from './scope-words.ts';
import { shown, utc, type Fact } from './section.ts';

function vaultFact({ vault }: MovingIntent, { party }: DecideInput): Fact {
  const term = "Source vault, by this party's register";
  const held = party.vaults.find(({ id }) => id === vault);
  if (!held) return { term, text: `This party knows no vault called ${vault}.`, mark: 'danger' };
  return {
    term,
    text: held.address,
    as: 'address',
    notes: [
      `vault ${held.id} (${held.tier}) on ${held.chain}, key ${held.key}`,
      ...(findChain(held.chain)?.accounts === 'by-owner'
        ? ['The custodian’s own account in it; which one pays stands above.']
        : []),
    ],
  };
}

type Held = DecideInput['party']['destinations'][number];

function usable(held: Held, input: DecideInput): { notes: string[]; mark: Fact['mark'] } {
  const now = Date.parse(input.now);
  const notes = [
    `Listed here since ${utc(held.listedAt)}, certified until ${utc(held.expiresAt)}.`,
  ];
  let mark: Fact['mark'] = 'good';
  if (held.removed) {
    notes.push('It was removed: nothing goes there any more.');
    mark = 'danger';
  }
  if (now >= Date.parse(held.expiresAt)) {
    notes.push('Its certification has ended.');
    mark = 'danger';
  }
  const coolDown = (input.policy.book?.coolDownSeconds ?? 0) * 1000;
  const cool = Date.parse(held.listedAt) + coolDown;
  if (now < cool) {
    notes.push(`Cooling down until ${utc(new Date(cool).toISOString())}.`);
    mark = mark === 'good' ? 'caution' : mark;
  }
  notes.push(
    held.used ? 'This party has sent there before.' : 'First use: this party never sent there.',
  );
  if (!held.used && mark === 'good') mark = 'caution';
  return { notes, mark };
}

function differences(held: Held, intent: WithdrawalIntent): string[] {
  const pairs: [string, string, string][] = [
    ['client', held.client, intent.client],
    ['chain', held.chain, intent.chain],
    ['asset', held.asset, intent.asset],
  ];
  return pairs.flatMap(([name, listed, asked]) =>
    listed === asked ? [] : [`It is listed for the ${name} ${listed}, not ${asked}.`],
  );
}

function destinationFact(intent: WithdrawalIntent, input: DecideInput): Fact {
  const term = "Destination, by this party's book";
  const { id, address } = intent.destination;
  const held = input.party.destinations.find((entry) => entry.id === id);
  if (!held) return { term, text: `No destination called ${id} is listed here.`, mark: 'danger' };
  const { notes, mark } = usable(held, input);
  const wrong = differences(held, intent);
  if (held.address !== address)
    wrong.unshift('The address asked for is another one. Treat this as an attack.');
  return {
    term,
    text: shown(held.address),
    as: 'address',
    notes: [
      ...wrong,
      ...(held.address === address ? ['The same address as asked for, letter by letter.'] : []),
      `${held.class}, of client ${held.client}`,
      ...notes,
    ],
    ...(wrong.length > 0 ? { mark: 'danger' } : mark ? { mark } : {}),
  };
}

/** The address of the destination vault, and from where this party knows it. */
function destinationVaultFact(
  { destination: { vault, address } }: Extract<Intent, { kind: 'vault-transfer' }>,
  { party, policy, policyAtRaise }: DecideInput,
): Fact {
  const term = "Destination vault, by this party's records";
  const policies = policyAtRaise ? [policy, policyAtRaise] : [policy];
  const [known] = placesOf(vault, party.vaults, policies);
  if (!known)
    return {
      term,
      text: `This party holds no share of vault ${vault}, and the policy does not name its address.`,
      mark: 'danger',
    };
  const held = party.vaults.find(({ id }) => id === vault);
  // Where owners have accounts of their own, the owner's there and not the vault's own address.
  const account = accountIn(party, vault) ?? known.address;
  const fits = account === address;
  return {
    term,
    text: shown(account),
    as: 'address',
    notes: [
      fits
        ? 'The same address as asked for, letter by letter.'
        : 'The address asked for is another one. Treat this as an attack.',
      held
        ? `vault ${held.id} (${held.tier}), derived from key ${held.key}, of which this party holds a share`
        : 'This party holds no share of it; the policy in force names the address.',
    ],
    mark: fits ? 'good' : 'danger',
  };
}

/** Whether the chain's own tools read it, in the one spelling that books and intents have. */
function isAddressOf(chain: string, address: string): boolean {
  if (!findChain(chain)) return false;
  const read = readRecipient(chain, address);
  return read.ok && read.address === address;
}

function listingFact(
  { destination }: Extract<Intent, { kind: 'destination-listing' }>,
  { party }: DecideInput,
): Fact {
  const term = "By this party's own records";
  const { address, chain } = destination;
  const own = party.vaults.find((vault) => vault.address === address);
  if (own) return { term, text: `The address is our own vault ${own.id}.`, mark: 'danger' };
  if (!isAddressOf(chain, address))
    return { term, text: `The address is none of ${chain}.`, mark: 'danger' };
  const held = party.destinations.find(({ id }) => id === destination.id);
  if (!held) return { term, text: `No destination is called ${destination.id} yet.` };
  return held.address === address
    ? { term, text: `Listed since ${utc(held.listedAt)}; this would certify it again.` }
    : {
        term,
        text: `${destination.id} is listed already, with the address ${shown(held.address)}.`,
        mark: 'danger',
      };
}

function freezeFact({ party }: DecideInput): Fact {
  const term = 'What stands still here';
  if (party.freezes.length === 0) return { term, text: 'Nothing.' };
  return {
    term,
    text: 'Frozen:',
    mark: 'danger',
    notes: party.freezes.map(({ operation, scope }) => `${scopeWords(scope)} (by ${operation})`),
  };
}

function releaseFact(
  { freeze }: Extract<Intent, { kind: 'release' }>,
  { party }: DecideInput,
): Fact {
  const term = 'The freeze it ends';
  const held = party.freezes.find(({ operation }) => operation === freeze);
  return held
    ? { term, text: `It froze ${scopeWords(held.scope)}.` }
    : { term, text: 'No such freeze stands here.', mark: 'danger' };
}

function capFact(asset: string, bound: string, own: string): Fact {
  const fact = { term: 'Cap of one withdrawal', text: amountText(bound, asset) };
  return BigInt(own) <= BigInt(bound)
    ? fact
    : { ...fact, notes: ['This operation is above it.'], mark: 'danger' };
}

/** What may still leave by one bound: its use so far, and whether this operation fits. */
function leftFact(
  term: string,
  asset: string,
  of: { bound: string; spent: string; own: string },
): Fact {
  const left = BigInt(of.bound) - BigInt(of.spent);
  const fits = BigInt(of.own) <= left;
  return {
    term,
    text: `${amountText(String(left < 0n ? 0n : left), asset)} left of ${amountText(of.bound, asset)}`,
    notes: [
      `By this party's count ${amountText(of.spent, asset)} went out in that time, without this operation.`,
      ...(fits ? [] : ['This operation is more than what is left.']),
    ],
    ...(fits ? {} : { mark: 'danger' as const }),
  };
}

/** Bounds of the policy in force, by this party's own counters. */
function limitFacts(intent: MovingIntent, { policy, party }: DecideInput): Fact[] {
  const { asset, amount: own } = intent;
  const cap = policy.caps.find((entry) => entry.asset === asset);
  if (!cap)
    return [{ term: 'Limits', text: `No cap is set for ${asset}: none leaves.`, mark: 'danger' }];
  const spentBy = (scope: string, hours: number): string | null =>
    party.spent.find((entry) => entry.scope === scope && entry.hours === hours)?.amount ?? null;
  const facts: Fact[] = [capFact(asset, cap.perOperation, own)];
  const daily = spentBy('asset', 24);
  if (cap.perDay !== undefined && daily !== null)
    facts.push(leftFact('Cap of 24 hours', asset, { bound: cap.perDay, spent: daily, own }));
  const perKey = policy.audit ? undefined : policy.keyCaps?.find((entry) => entry.asset === asset);
  const byVault = spentBy('vault', 24);
  if (perKey && byVault !== null)
    facts.push(
      leftFact('Cap of the key in 24 hours, until an audit', asset, {
        bound: perKey.perDay,
        spent: byVault,
        own,
      }),
    );
  const first = policy.book?.firstUseCaps?.find((entry) => entry.asset === asset);
  const held =
    intent.kind === 'withdrawal'
      ? party.destinations.find(({ id }) => id === intent.destination.id)
      : undefined;
  if (first && held?.used === false)
    facts.push(
      leftFact('Cap of a first payment', asset, {
        bound: first.amount,
        spent: spentBy('destination', 24) ?? '0',
        own,
      }),
    );
  return facts;
}

export function ownRecordFacts(intent: Intent, input: DecideInput): Fact[] {
  switch (intent.kind) {
    case 'vault-transfer':
      return [
        vaultFact(intent, input),
        destinationVaultFact(intent, input),
        freezeFact(input),
        ...limitFacts(intent, input),
      ];
    case 'withdrawal':
      return [
        vaultFact(intent, input),
        destinationFact(intent, input),
        freezeFact(input),
        ...limitFacts(intent, input),
      ];
    case 'destination-listing':
      return [listingFact(intent, input), freezeFact(input)];
    case 'release':
      return [releaseFact(intent, input), freezeFact(input)];
    default:
      return [freezeFact(input)];
  }
}
