'use client';

import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import type { FieldErrors } from './read-form.ts';
import { TierChangeTable } from './tier-change-table.tsx';
import { availableText, decimalsIn, type Chosen } from './transfer-plan.ts';

/** From where, to where, how much, and why; below the amount what it does to the tiers. */
export function TransferFields({
  options,
  chosen,
  errors,
  onChange,
}: {
  options: TransferOptions;
  chosen: Chosen;
  errors: FieldErrors;
  onChange: (change: Partial<Chosen>) => void;
}) {
  const { asset } = chosen;
  const to = options.vaults.find(({ id }) => id === chosen.to);
  const available = availableText(options, chosen);
  const choices = options.vaults.map(({ id, name, tier, holdings }) => {
    const units = holdings.find((row) => row.asset === asset)?.units;
    const holds =
      units === undefined
        ? 'another chain'
        : `${formatAmount(BigInt(units), decimalsIn(options, asset))} ${asset}`;
    return { value: id, label: `${name}, ${tier} · ${holds}` };
  });
  return (
    <>
      {options.assets.length > 1 && (
        <SelectField
          label="Asset"
          name="asset"
          options={options.assets.map((entry) => ({ value: entry.asset, label: entry.asset }))}
          value={asset}
          onChange={(event) => onChange({ asset: event.currentTarget.value })}
        />
      )}
      <SelectField
        label="From vault"
        name="from"
        placeholder="Choose a vault"
        options={choices}
        value={chosen.from}
        error={errors['from']}
        onChange={(event) => onChange({ from: event.currentTarget.value })}
      />
      <SelectField
        label="To vault"
        name="to"
        placeholder="Choose a vault"
        hint="Each party looks up the address of this vault itself."
        options={choices.filter(({ value }) => value !== chosen.from)}
        value={chosen.to}
        error={errors['to']}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      {to && (
        <p className="text-sm text-text-quiet">
          Address of <bdi>{to.name}</bdi>: <AddressBlock address={to.address} />
        </p>
      )}
      <TextField
        label="Amount"
        name="amount"
        look="mono"
        inputMode="decimal"
        maxLength={90}
        unit={asset}
        value={chosen.amount}
        hint={
          available === null
            ? 'Digits with at most one point; nothing is rounded.'
            : `By the ledger ${available} lies there. Digits with at most one point; nothing is rounded.`
        }
        error={errors['amount']}
        onChange={(event) => onChange({ amount: event.currentTarget.value })}
      />
      <TierChangeTable options={options} chosen={chosen} />
      <TextAreaField
        label="Why"
        name="reason"
        maxLength={500}
        hint="What the approvers go by, such as which payments the refill is for."
        error={errors['reason']}
      />
    </>
  );
}
