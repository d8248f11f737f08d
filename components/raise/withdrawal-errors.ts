/** What is wrong with a withdrawal form, before the server looks at it. Pure. */
import type { WithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import { amountSentence, formatAmount, parseAmount } from '#lib/protocol/amount.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { FieldErrors } from './read-form.ts';

export type Balance = NonNullable<WithdrawalOptions['client']>['balances'][number];

export type AmountReading =
  | { ok: true; units: bigint; rest: bigint }
  | { ok: false; sentence: string };

/** Reads an amount exactly and compares it with what the client has available. */
export function readAmount(text: string, balance: Balance): AmountReading {
  const { asset, decimals } = balance;
  const parsed = parseAmount(text, decimals);
  if (!parsed.ok) return { ok: false, sentence: amountSentence(parsed.fault, asset, decimals) };
  const available = BigInt(balance.available);
  if (parsed.value > available)
    return {
      ok: false,
      sentence: `The client has ${formatAmount(available, decimals)} ${asset} available. Enter at most that.`,
    };
  return { ok: true, units: parsed.value, rest: available - parsed.value };
}

export function withdrawalErrors(
  texts: Readonly<Record<string, string>>,
  balance: Balance | null,
): FieldErrors {
  const { client = '', destination = '', vault = '', amount = '', memo = '', reason = '' } = texts;
  const errors: FieldErrors = {};
  if (client === '') errors['client'] = 'Choose the client whose assets leave.';
  if (destination === '') errors['destination'] = 'Choose one of the client’s listed addresses.';
  if (vault === '') errors['vault'] = 'Choose the vault they leave from.';
  if (balance) {
    const reading = readAmount(amount, balance);
    if (!reading.ok) errors['amount'] = reading.sentence;
  } else if (amount === '') errors['amount'] = 'Enter an amount.';
  const memoFault = findTextFault(memo, textRules.memo);
  if (memoFault !== null) errors['memo'] = memoFault;
  const reasonFault = findTextFault(reason, textRules.reason);
  if (reasonFault !== null) errors['reason'] = reasonFault;
  return errors;
}
