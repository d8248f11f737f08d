/** Ways to put an operation, a destination, a transaction or a policy that differs from the sample. */
import type { DecideInput } from '../../decide-input.ts';
import type { DestinationListingIntent, Intent } from '../../intent.ts';
import type { Policy } from '../../policy.ts';
import { destinationListing, inputFor, policy, withdrawal } from '../sample.ts';
import { holding, on, onWithdrawal, type Case } from './case.ts';

/** Raised and stated by the usual people with other content. */
export const asked = <I extends Intent>(
  intent: I,
  changes: Partial<I>,
  more: Partial<DecideInput> = {},
): Case => {
  const changed = { ...intent, ...changes };
  return on(changed, more);
};
/** A listing of something else. */
export const listing = (
  changes: Partial<DestinationListingIntent['destination']>,
  more: Partial<DecideInput> = {},
): Case =>
  asked(
    destinationListing,
    { destination: { ...destinationListing.destination, ...changes } },
    more,
  );
const [destination] = inputFor(withdrawal).party.destinations;
const [warm] = inputFor(withdrawal).party.vaults;
const [held] = inputFor(withdrawal).party.keys;
if (!destination || !warm || !held) throw new Error('sample is incomplete');
/** The one destination, vault and key that the party of the sample holds. */
export const [listed, vault, key] = [destination, warm, held];
/** A withdrawal to a destination that is listed otherwise. */
export const destined = (
  changes: Partial<typeof listed>,
  more: Partial<DecideInput['party']> = {},
): Case => holding({ destinations: [{ ...listed, ...changes }], ...more });
/** A withdrawal whose transaction does something else. */
export const moving = (changes: Partial<NonNullable<DecideInput['transaction']>>): Case =>
  onWithdrawal(({ transaction }) => ({
    transaction: transaction && { ...transaction, ...changes },
  }));
/** A withdrawal under another policy, at a party that holds something else. */
export const under = (changes: Partial<Policy>, party: Partial<DecideInput['party']> = {}): Case =>
  onWithdrawal((input) => ({
    policy: { ...policy, ...changes },
    party: { ...input.party, ...party },
  }));
/** What left in a window by the party's own count. */
export const spent = (
  scope: 'asset' | 'vault' | 'client' | 'destination',
  amount: string,
  hours = 24,
) => ({ spent: [{ scope, hours, amount }] });
