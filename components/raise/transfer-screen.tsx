'use client';

import { useState, type SubmitEvent } from 'react';
import { prepareVaultTransferAction } from '#lib/operations/actions.ts';
import type { TransferOptions } from '#lib/operations/transfers/list-transfer-options.ts';
import type { VaultTransferIntent } from '#lib/protocol/vault-transfer-intent.ts';
import { RaiseForm } from './raise-form.tsx';
import { submitChecked, type FieldErrors } from './read-form.ts';
import { TransferFields } from './transfer-fields.tsx';
import { transferErrors, type Chosen } from './transfer-plan.ts';
import { TransferReview } from './transfer-review.tsx';
import { useRaise } from './use-raise.ts';

/** Raising a transfer between vaults: the form, then what is signed, then the key. */
export function TransferScreen({
  options,
  preset,
}: {
  options: TransferOptions;
  /** What a proposal put into the address of the page; empty texts for nothing. */
  preset: Chosen;
}) {
  const raise = useRaise<VaultTransferIntent>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [chosen, setChosen] = useState(preset);
  const [reason, setReason] = useState('');

  function check(why: string) {
    const { from, to, asset, amount } = chosen;
    void raise.check(() =>
      prepareVaultTransferAction({
        operation: raise.operationId(),
        from,
        to,
        asset,
        amount,
        reason: why,
      }),
    );
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    submitChecked(
      event,
      (texts) => transferErrors(options, chosen, texts['reason'] ?? ''),
      setErrors,
      (texts) => {
        setReason(texts['reason'] ?? '');
        check(texts['reason'] ?? '');
      },
    );
  }

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={submit}
      >
        <TransferFields
          options={options}
          chosen={chosen}
          errors={errors}
          onChange={(change) => setChosen((before) => ({ ...before, ...change }))}
        />
      </RaiseForm>
      {raise.prepared && (
        <TransferReview
          raise={raise}
          intent={raise.prepared.intent}
          options={options}
          chosen={chosen}
          reason={reason}
          onRenew={() => check(reason)}
        />
      )}
    </>
  );
}
