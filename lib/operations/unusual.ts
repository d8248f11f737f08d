/**
 * What is unusual about an operation, by comparison with what is on record. Pure. It only points
 * things out to people: policy and parties decide by rules of their own.
 */

import type { RecipientCheck } from './check-recipient.ts';

export type Finding = { title: string; sentence: string };
export type Unusual = {
  found: Finding[];
  /** What was looked at, so that silence means something. */
  compared: string;
};

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Fewer earlier withdrawals than this say nothing about what is usual. */
const usualNeeds = 3;

export type LookAlike = { label: string; client: string };

export type WithdrawalFacts = {
  amount: bigint;
  /** Confirmed withdrawals of the same client and asset in the last 90 days. */
  earlier: readonly bigint[];
  destination: { timesUsed: number; listedAt: Date | null };
  /** Number of another withdrawal of the last 24 hours with the same destination and amount. */
  repeats: string | null;
  lookAlikes: readonly LookAlike[];
  /** What the client is owed, this withdrawal's own hold included. */
  balance: bigint;
  /** Null once the transaction is built: the chain has been asked about it itself. */
  recipient: RecipientCheck | null;
};

/** Middle value; of an even count the mean of the two in the middle, rounded down. */
function medianOf(amounts: readonly bigint[]): bigint {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0n;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0n) + upper) / 2n;
}

function findSizeFinding(amount: bigint, earlier: readonly bigint[]): Finding | null {
  if (earlier.length === 0)
    return {
      title: 'Nothing to compare the amount with.',
      sentence: 'No withdrawal of this client was confirmed in the last 90 days.',
    };
  const median = medianOf(earlier);
  if (earlier.length < usualNeeds || median === 0n || amount < 2n * median) return null;
  const tenths = (amount * 10n) / median;
  return {
    title: 'Larger than usual.',
    sentence: `${tenths / 10n}.${tenths % 10n} times this client’s median withdrawal of the last 90 days.`,
  };
}

function findDestinationFinding(
  { timesUsed, listedAt }: WithdrawalFacts['destination'],
  now: Date,
): Finding | null {
  const age = listedAt === null ? null : now.getTime() - listedAt.getTime();
  if (age !== null && age < dayMs)
    return {
      title: 'Newly listed address.',
      sentence: `It was listed less than ${age < hourMs ? 'an hour' : 'a day'} ago${timesUsed === 0 ? ' and has never been used' : ''}.`,
    };
  return timesUsed > 0
    ? null
    : {
        title: 'First use of this address.',
        sentence: 'No withdrawal to it has been confirmed before.',
      };
}

function findLookAlikeFinding(lookAlikes: readonly LookAlike[]): Finding | null {
  const [first] = lookAlikes;
  if (!first) return null;
  return {
    title: 'Another address looks like this one.',
    sentence: `“${first.label}” of ${first.client} begins and ends with the same characters but is a different address. Compare every group.`,
  };
}

function findRecipientFinding(recipient: RecipientCheck | null): Finding | null {
  if (recipient?.state === 'too-little')
    return {
      title: 'Less than the chain takes.',
      sentence: `An account on this chain must hold at least ${recipient.minimum}. As things stand the transfer fails; this address needs at least ${recipient.least}.`,
    };
  if (recipient?.state === 'unknown')
    return {
      title: 'The chain could not be asked.',
      sentence:
        'Whether the address would hold what the chain asks of an account is not known. If not, the transfer fails in the end.',
    };
  return null;
}

const isFinding = (finding: Finding | null): finding is Finding => finding !== null;

export function unusualWithdrawal(facts: WithdrawalFacts, now: Date): Unusual {
  const { amount, balance, earlier, repeats } = facts;
  const found = [
    repeats === null
      ? null
      : {
          title: 'Looks like a repeat.',
          sentence: `${repeats} was raised within the last 24 hours for the same amount to the same address.`,
        },
    findRecipientFinding(facts.recipient),
    findLookAlikeFinding(facts.lookAlikes),
    findDestinationFinding(facts.destination, now),
    findSizeFinding(amount, earlier),
    balance > 0n && amount * 10n >= balance * 9n
      ? {
          title: 'Takes nearly everything.',
          sentence: 'It leaves less than a tenth of what the client holds in this asset.',
        }
      : null,
  ];
  const past = `${earlier.length} withdrawal${earlier.length === 1 ? '' : 's'}`;
  return {
    found: found.filter(isFinding),
    compared: `the address with its earlier use and with all others on the list, the amount with this client’s ${past} of the last 90 days and with the balance, repeats within 24 hours${
      facts.recipient === null || facts.recipient.state === 'unknown'
        ? ''
        : ', and what the address would hold with what the chain asks of an account'
    }`,
  };
}

export type ListingFacts = {
  /** Other clients for whom the same address is listed or proposed. */
  sharedWith: readonly string[];
  lookAlikes: readonly LookAlike[];
};

export function unusualListing(facts: ListingFacts): Unusual {
  const found = [
    facts.sharedWith.length === 0
      ? null
      : {
          title: 'Another client has this address.',
          sentence: `It is on the list of ${facts.sharedWith.join(', ')} too.`,
        },
    findLookAlikeFinding(facts.lookAlikes),
  ];
  return {
    found: found.filter(isFinding),
    compared: 'the address with every other address listed or proposed, for all clients',
  };
}

export type CeremonyFacts = {
  tier: string;
  outside: readonly string[];
  missing: readonly string[];
};

export function unusualCeremony({ tier, outside, missing }: CeremonyFacts): Unusual {
  const found = [
    tier !== 'cold'
      ? null
      : {
          title: 'Cold in name only.',
          sentence: 'Its shares would lie with the parties that are online for every other vault.',
        },
    missing.length === 0
      ? null
      : { title: 'Not every party takes part.', sentence: `${missing.join(', ')} gets no share.` },
    outside.length === 0
      ? null
      : {
          title: 'A party that is not in the roster.',
          sentence: `${outside.join(', ')} would hold a share.`,
        },
  ];
  return {
    found: found.filter(isFinding),
    compared: 'the parties with those of the roster in force, and the tier with where they stand',
  };
}
