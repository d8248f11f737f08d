'use client';

import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { findChain } from '#lib/chains/registry.ts';
import { feeWords } from '#lib/operations/fee-words.ts';
import type { DestinationOption, WithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import type { VaultOption } from '#lib/operations/vault-options.ts';
import { formatAmount } from '#lib/protocol/amount.ts';
import { Footing } from '../ui/description-list.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { AddressBlock } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { chainName } from '../operations/address-fact.tsx';
import type { FieldErrors } from './read-form.ts';
import { readAmount, sendable, type AmountReading, type Balance } from './withdrawal-errors.ts';

export type WithdrawalFieldsProps = {
  options: WithdrawalOptions;
  destination: DestinationOption | null;
  balance: Balance | null;
  /** That the network may take of the same balance besides; null until an address is chosen. */
  fee: bigint | null;
  /** What is wrong by what stands in the fields. */
  errors: FieldErrors;
  /** What the server said against fields, of the texts that were sent: it holds until those change. */
  refused: { errors: FieldErrors; texts: Readonly<Record<string, string>> };
  onDestination: (id: string) => void;
};

/** Who, to where, from where, how much, and why. */
export function WithdrawalFields(props: WithdrawalFieldsProps) {
  const { options, destination, balance, fee, refused } = props;
  const errors = { ...refused.errors, ...props.errors };
  // Until an address is chosen nobody knows; what is typed then is refused by name where no memo goes.
  const takesMemo = destination === null || (findChain(destination.chain)?.takesMemo ?? false);
  return (
    <>
      <ClientField options={options} error={errors['client']} onChange={props.onDestination} />
      <DestinationField {...props} errors={errors} />
      <VaultField options={options} destination={destination} error={errors['vault']} />
      <AmountField
        balance={balance}
        fee={fee ?? 0n}
        asset={destination?.asset ?? null}
        error={props.errors['amount']}
        refused={{ sentence: refused.errors['amount'], text: refused.texts['amount'] }}
      />
      {takesMemo && (
        <TextField
          label="Memo (may stay empty)"
          name="memo"
          maxLength={120}
          hint="Written on the chain for everybody to read. No names, no client numbers."
          error={errors['memo']}
        />
      )}
      <TextAreaField
        label="Why"
        name="reason"
        maxLength={500}
        hint="What the approvers go by: who asked, when, under which number."
        error={errors['reason']}
      />
    </>
  );
}

function ClientField({
  options,
  error,
  onChange,
}: {
  options: WithdrawalOptions;
  error: string | undefined;
  onChange: (destination: string) => void;
}) {
  const router = useRouter();
  const [isLoading, startTransition] = useTransition();
  return (
    <div>
      <SelectField
        label="Client"
        name="client"
        placeholder="Choose a client"
        defaultValue={options.client?.id ?? ''}
        options={options.clients.map((id) => ({ value: id, label: id }))}
        hint="Clients with a listed address. Choosing one loads its addresses below."
        error={error}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange('');
          startTransition(() =>
            router.replace(`/raise?client=${encodeURIComponent(value)}`, { scroll: false }),
          );
        }}
      />
      <p role="status" className="text-sm text-text-quiet empty:hidden">
        {isLoading ? 'Loading the client’s addresses.' : ''}
      </p>
    </div>
  );
}

function DestinationField({ options, destination, errors, onDestination }: WithdrawalFieldsProps) {
  const { client } = options;
  return (
    <div>
      <SelectField
        key={client?.id ?? 'none'}
        label="To"
        name="destination"
        disabled={client === null}
        placeholder={client === null ? 'Choose the client first' : 'Choose an address'}
        defaultValue={destination?.id ?? ''}
        options={(client?.destinations ?? []).map(({ id, label, asset, address }) => ({
          value: id,
          label: `${label} · ${asset} · ${address.slice(0, 8)} … ${address.slice(-6)}`,
        }))}
        hint={
          <>
            Only listed addresses can be paid.{' '}
            <TextLink href="/destinations/new">List another</TextLink>
            {options.held.map((sentence) => (
              <span key={sentence} className="block">
                {sentence}
              </span>
            ))}
          </>
        }
        error={errors['destination']}
        onChange={(event) => onDestination(event.currentTarget.value)}
      />
      {destination && (
        <div className="mt-2 max-w-form">
          <AddressBlock address={destination.address} />
          <Footing>{chainName(destination.chain)}</Footing>
        </div>
      )}
    </div>
  );
}

function VaultField({
  options,
  destination,
  error,
}: {
  options: WithdrawalOptions;
  destination: DestinationOption | null;
  error: string | undefined;
}) {
  const fitting = options.vaults.filter(
    ({ chain }) => destination === null || chain === destination.chain,
  );
  return (
    <SelectField
      key={destination?.chain ?? 'any'}
      label="From vault"
      name="vault"
      hint={destination && options.client ? feeHint(destination, options.client) : undefined}
      placeholder="Choose a vault"
      options={fitting.map((vault) => ({
        value: vault.id,
        label: vaultLabel(vault, destination?.asset ?? null),
      }))}
      error={error}
    />
  );
}

/**
 * "Warm 1, warm · 90 SOL", or "Bitcoin 1, hot · 0.4 BTC of C-11903" where clients have accounts of their own.
 * @param asset that is sent, once an address is chosen: nothing else of what lies there matters then.
 */
function vaultLabel({ name, tier, holdings, owner }: VaultOption, asset: string | null): string {
  const holds = holdings
    .filter((held) => asset === null || held.asset === asset)
    .map((held) => `${held.amount} ${held.asset}`)
    .join(', ');
  const none = asset === null ? 'empty' : `no ${asset}`;
  return `${name}, ${tier} · ${holds || none}${owner === null ? '' : ` of ${owner}`}`;
}

/**
 * What the network may take, and from whom. A client who bears it needs as much besides; where it is in another asset
 * than the one that is sent, the words say how much of that there is.
 */
function feeHint(
  { chain, asset }: DestinationOption,
  { id, balances }: NonNullable<WithdrawalOptions['client']>,
): string | undefined {
  const facts = findChain(chain);
  if (!facts) return undefined;
  const { feePaidBy, feeAsset, highestFee } = facts;
  const feeBearer = feePaidBy === 'custodian' ? 'custodian' : id;
  const words = `Network fee: ${feeWords({ chain, highestFee: highestFee.toString(), feeBearer })}`;
  if (feePaidBy === 'custodian' || feeAsset === asset) return `${words}.`;
  const balance = balances.find((row) => row.asset === feeAsset);
  const has = balance
    ? `${formatAmount(BigInt(balance.available), balance.decimals)} ${feeAsset}`
    : `no ${feeAsset}`;
  return `${words}, who has ${has} available.`;
}

/** Of an amount that was refused: what is wrong with it as it stands now; nothing once it is right. */
const sayNow = (reading: AmountReading | null, refused: string): string | undefined => {
  if (reading === null) return refused;
  return reading.ok ? undefined : reading.sentence;
};

/** How much can be sent; where the fee comes out of the same balance, less the most that it can be. */
function availableWords(balance: Balance, fee: bigint): string {
  const { asset, decimals, available } = balance;
  const inText = (units: bigint): string => `${formatAmount(units, decimals)} ${asset}`;
  if (fee === 0n) return `Available: ${inText(BigInt(available))}.`;
  return `Can be sent: ${inText(sendable(balance, fee))}, which is ${inText(BigInt(available))} available less a network fee of up to ${inText(fee)}.`;
}

function AmountField({
  balance,
  fee,
  asset,
  error,
  refused,
}: {
  balance: Balance | null;
  fee: bigint;
  asset: string | null;
  error: string | undefined;
  /** What the server said, and of which text. */
  refused: { sentence: string | undefined; text: string | undefined };
}) {
  const [text, setText] = useState('');
  const reading = balance && text !== '' ? readAmount(text, balance, fee) : null;
  const said = error === undefined ? undefined : sayNow(reading, error);
  const shown = said ?? (text === refused.text ? refused.sentence : undefined);
  return (
    <div>
      <TextField
        label="Amount"
        name="amount"
        look="mono"
        inputMode="decimal"
        maxLength={90}
        unit={asset}
        hint={
          balance
            ? `${availableWords(balance, fee)} Digits with at most one point and ${balance.decimals} decimals; nothing is rounded.`
            : 'Digits with at most one point; nothing is rounded.'
        }
        error={shown}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <p role="status" className="mt-1.5 text-sm text-text-quiet tabular-nums empty:hidden">
        {balance && reading?.ok && shown === undefined
          ? `Exactly ${formatAmount(reading.units, balance.decimals)} ${balance.asset}; leaves ${fee > 0n ? 'at least ' : ''}${formatAmount(reading.rest, balance.decimals)} ${balance.asset} available${fee > 0n ? ' after the network fee' : ''}.`
          : ''}
        {reading && !reading.ok && error === undefined ? reading.sentence : ''}
      </p>
    </div>
  );
}
