'use client';

import { useState, type SubmitEvent } from 'react';
import { prepareVaultTransferAction } from '#lib/operations/actions.ts';
import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { RaiseForm } from './raise-form.tsx';
import { submitChecked, type FieldErrors } from './read-form.ts';
import { TransferFields } from './transfer-fields.tsx';
import { stillRefused, transferErrors, type Chosen } from './transfer-plan.ts';
import { TransferReview } from './transfer-review.tsx';
import { useRaise } from './use-raise.ts';

/** Those that show what the server says against them. */
const fields = ['from', 'to', 'asset', 'owner', 'amount', 'reason'];

const textsOf = ({ reason = '', owner = '' }: Readonly<Record<string, string>>) => ({
  reason,
  owner,
});

/** Raising a transfer between vaults: the form, then what is signed, then the key. */
export function TransferScreen({
  options,
  preset,
}: {
  options: TransferOptions;
  /** What a proposal put into the address of the page; empty texts for nothing. */
  preset: Chosen;
}) {
  const raise = useRaise<VaultTransferIntent>(fields);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [chosen, setChosen] = useState(preset);
  const [sent, setSent] = useState({ reason: '', owner: '', ...preset });

  function check({ from, to, asset, amount, reason, owner }: typeof sent) {
    void raise.check(() =>
      prepareVaultTransferAction({
        operation: raise.operationId(),
        from,
        to,
        asset,
        amount,
        reason,
        ...(owner === '' ? {} : { owner }),
      }),
    );
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    submitChecked(
      event,
      (texts) => transferErrors(options, chosen, textsOf(texts)),
      setErrors,
      (texts) => {
        const now = { ...textsOf(texts), ...chosen };
        setSent(now);
        check(now);
      },
    );
  }

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        fieldErrors={raise.fieldErrors}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={submit}
      >
        <TransferFields
          options={options}
          chosen={chosen}
          errors={{ ...stillRefused(raise.fieldErrors, { sent, chosen }), ...errors }}
          onChange={(change) => setChosen((before) => ({ ...before, ...change }))}
        />
      </RaiseForm>
      {raise.prepared && (
        <TransferReview
          raise={raise}
          intent={raise.prepared.intent}
          options={options}
          chosen={chosen}
          reason={sent.reason}
          onRenew={() => check(sent)}
        />
      )}
    </>
  );
}
