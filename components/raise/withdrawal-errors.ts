/** What is wrong with a withdrawal form, before the server looks at it. Pure. */
import { findChain } from '#lib/chains/registry.ts';
import type { WithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import { amountSentence, formatAmount, parseAmount } from '#lib/protocol/amount.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { FieldErrors } from './read-form.ts';

export type Balance = NonNullable<WithdrawalOptions['client']>['balances'][number];

export type AmountReading =
  | {
      ok: true;
      units: bigint;
      /** What is left to the client at the least: after the highest fee, where it comes out of the same balance. */
      rest: bigint;
    }
  | { ok: false; sentence: string };

/**
 * What the network may take of the same balance besides, in the asset's smallest unit: zero where the custodian pays,
 * or where fees are in another asset than the one that is sent.
 */
export function feeBeside({ chain, asset }: { chain: string; asset: string }): bigint {
  const facts = findChain(chain);
  return facts?.feePaidBy === 'sender' && facts.feeAsset === asset ? facts.highestFee : 0n;
}

/** The most that can be sent: what the client has available, less what the network may take of it. */
export function sendable({ available }: Balance, fee: bigint): bigint {
  const has = BigInt(available);
  return has > fee ? has - fee : 0n;
}

/**
 * Reads an amount exactly and compares it with what the client has available.
 * @param fee that may be taken of it besides, as `feeBeside` says.
 */
export function readAmount(text: string, balance: Balance, fee: bigint): AmountReading {
  const { asset, decimals } = balance;
  const parsed = parseAmount(text, decimals);
  if (!parsed.ok) return { ok: false, sentence: amountSentence(parsed.fault, asset, decimals) };
  const inText = (units: bigint): string => `${formatAmount(units, decimals)} ${asset}`;
  const available = BigInt(balance.available);
  const most = sendable(balance, fee);
  if (parsed.value > most)
    return { ok: false, sentence: tooMuch(available, { most, fee, inText }) };
  return { ok: true, units: parsed.value, rest: most - parsed.value };
}

function tooMuch(
  available: bigint,
  { most, fee, inText }: { most: bigint; fee: bigint; inText: (units: bigint) => string },
): string {
  const has = `The client has ${inText(available)} available`;
  if (fee === 0n) return `${has}. Enter at most that.`;
  const beside = `${has}, and the network may take ${inText(fee)} of it as its fee.`;
  return most === 0n
    ? `${beside} Nothing can be sent until more is deposited.`
    : `${beside} Enter at most ${inText(most)}.`;
}

export function withdrawalErrors(
  texts: Readonly<Record<string, string>>,
  balance: Balance | null,
  fee: bigint | null,
): FieldErrors {
  const { client = '', destination = '', vault = '', amount = '', memo = '', reason = '' } = texts;
  const errors: FieldErrors = {};
  if (client === '') errors['client'] = 'Choose the client whose assets leave.';
  if (destination === '') errors['destination'] = 'Choose one of the client’s listed addresses.';
  if (vault === '') errors['vault'] = 'Choose the vault they leave from.';
  if (balance) {
    const reading = readAmount(amount, balance, fee ?? 0n);
    if (!reading.ok) errors['amount'] = reading.sentence;
  } else if (amount === '') errors['amount'] = 'Enter an amount.';
  const memoFault = findTextFault(memo, textRules.memo);
  if (memoFault !== null) errors['memo'] = memoFault;
  const reasonFault = findTextFault(reason, textRules.reason);
  if (reasonFault !== null) errors['reason'] = reasonFault;
  return errors;
}
