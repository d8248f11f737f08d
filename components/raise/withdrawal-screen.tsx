'use client';

import { useState, type SubmitEvent } from 'react';
import { prepareWithdrawalAction } from '#lib/operations/actions.ts';
import type { WithdrawalOptions } from '#lib/operations/list-raise-options.ts';
import type { WithdrawalIntent } from '#lib/protocol/intent.ts';
import { RaiseForm } from './raise-form.tsx';
import { submitChecked, type FieldErrors } from './read-form.ts';
import { useRaise } from './use-raise.ts';
import { feeBeside, withdrawalErrors } from './withdrawal-errors.ts';
import { WithdrawalFields } from './withdrawal-fields.tsx';
import { WithdrawalReview } from './withdrawal-review.tsx';

type Texts = Record<string, string>;

/** Those that show what the server says against them. */
const fields = ['client', 'destination', 'vault', 'amount', 'memo', 'reason'];

/** Raising a withdrawal: the form, then what is signed, then the key. */
export function WithdrawalScreen({
  options,
  preset,
}: {
  options: WithdrawalOptions;
  /** Destination named in the address of the page. */
  preset: string | null;
}) {
  const raise = useRaise<WithdrawalIntent>(fields);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [chosen, setChosen] = useState(preset ?? '');
  const [sent, setSent] = useState<Texts>({});
  const destination =
    options.client?.destinations.find(({ id }) => id === chosen) ??
    (options.client?.destinations.length === 1 ? options.client.destinations[0] : undefined) ??
    null;
  const balance =
    options.client?.balances.find(({ asset }) => asset === destination?.asset) ?? null;
  const fee = destination && feeBeside(destination);

  function check(texts: Texts) {
    const { client = '', vault = '', amount = '', memo = '', reason = '' } = texts;
    void raise.check(() =>
      prepareWithdrawalAction({
        operation: raise.operationId(),
        client,
        vault,
        destination: destination?.id ?? '',
        asset: destination?.asset ?? '',
        amount,
        memo,
        reason,
      }),
    );
  }

  function submit(event: SubmitEvent<HTMLFormElement>) {
    submitChecked(
      event,
      (texts) => withdrawalErrors(texts, balance, fee),
      setErrors,
      (texts) => {
        setSent(texts);
        check(texts);
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
        <WithdrawalFields
          options={options}
          destination={destination}
          balance={balance}
          fee={fee}
          errors={errors}
          refused={{ errors: raise.fieldErrors, texts: sent }}
          onDestination={setChosen}
        />
      </RaiseForm>
      {raise.prepared && (
        <WithdrawalReview
          raise={raise}
          intent={raise.prepared.intent}
          options={options}
          reason={sent['reason'] ?? ''}
          onRenew={() => check(sent)}
        />
      )}
    </>
  );
}
