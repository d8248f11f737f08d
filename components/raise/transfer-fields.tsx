'use client';

import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import type { FieldErrors } from './read-form.ts';
import { TierChangeTable } from './tier-change-table.tsx';
import { availableText, decimalsIn, hasOwners, type Chosen } from './transfer-plan.ts';

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
  const from = options.vaults.find(({ id }) => id === chosen.from);
  const choices = options.vaults.flatMap(({ id, name, tier, chain, holdings }) => {
    const units = holdings.find((row) => row.asset === asset)?.units;
    // It lies on no chain that has the asset.
    if (units === undefined) return [];
    const holds = formatAmount(BigInt(units), decimalsIn(options, asset));
    return [{ value: id, chain, label: `${name}, ${tier} · ${holds} ${asset}` }];
  });
  return (
    <>
      {options.assets.length > 1 && (
        <SelectField
          label="Asset"
          name="asset"
          options={options.assets.map((entry) => ({ value: entry.asset, label: entry.asset }))}
          value={asset}
          onChange={(event) => onChange({ asset: event.currentTarget.value, from: '', to: '' })}
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
        options={choices.filter(
          ({ value, chain }) => value !== chosen.from && (!from || chain === from.chain),
        )}
        value={chosen.to}
        error={errors['to']}
        onChange={(event) => onChange({ to: event.currentTarget.value })}
      />
      {hasOwners(from) && (
        <TextField
          label="Whose account"
          name="owner"
          look="mono"
          maxLength={20}
          hint="A client’s number such as C-20418, or custodian. Its own coins move, to its own account there, and it bears the network fee."
          error={errors['owner']}
        />
      )}
      {to && !hasOwners(to) && (
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
