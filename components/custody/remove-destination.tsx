'use client';

import { useId, useRef, useState } from 'react';
import { prepareRemovalAction } from '#lib/operations/actions.ts';
import type { DestinationView } from '#lib/operations/list-destinations.ts';
import { ok } from '#lib/platform/result.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { chainName } from '../operations/address-fact.tsx';
import { isBusy, pendingLabels, StatementStatus } from '../operations/statement-status.tsx';
import { useStatement } from '../operations/use-statement.ts';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { AddressBlock } from '../ui/grouped.tsx';

/** Takes an address off the list by one press of a key, for good. */
export function RemoveDestination({
  destination: { id: destination, label, address, client, asset, chain },
}: {
  destination: Pick<DestinationView, 'id' | 'label' | 'address' | 'client' | 'asset' | 'chain'>;
}) {
  const formId = useId();
  const refresh = useRefresh();
  const id = useRef<string | null>(null);
  const [open, setOpen] = useState(false);
  const [errors, setErrors] = useState<FieldErrors>({});
  const maker = useStatement(() => {
    setOpen(false);
    refresh();
  });

  function close() {
    maker.forget();
    setErrors({});
    setOpen(false);
  }

  function send({ reason = '' }: Record<string, string>) {
    // Kept over tries, so that one dialog makes one removal.
    id.current ??= crypto.randomUUID();
    const operation = id.current;
    void maker.make(async () => {
      const answer = await prepareRemovalAction({ operation, destination, reason });
      return answer.ok ? ok(answer.value.request) : answer;
    });
  }

  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        Remove …
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={`Remove “${label}”`}
        actions={
          <>
            <Button onClick={close}>Keep it</Button>
            <Button
              type="submit"
              form={formId}
              tone="danger"
              pending={isBusy(maker.phase)}
              pendingLabel={pendingLabels[maker.phase]}
            >
              Remove with key
            </Button>
          </>
        }
      >
        <form
          id={formId}
          noValidate
          className="space-y-4"
          onSubmit={(event) =>
            submitChecked(
              event,
              ({ reason = '' }) => {
                const fault = findTextFault(reason, textRules.reason);
                return fault === null ? {} : { reason: fault };
              },
              setErrors,
              send,
            )
          }
        >
          <div>
            <AddressBlock address={address} look="review" />
            <p className="mt-1 text-sm text-text-quiet">
              “<bdi>{label}</bdi>” of {client} · {chainName(chain)} · {asset}
            </p>
          </div>
          <p>
            From the moment a party has it, nothing goes there any more, also of what people have
            approved already. You decide alone. To send there again, the address is listed anew,
            with its evidence, its approvals and its cool-down.
          </p>
          <TextAreaField
            label="Reason"
            name="reason"
            rows={2}
            maxLength={500}
            hint="For colleagues and auditors."
            error={errors['reason']}
          />
          <StatementStatus maker={maker} action={`remove “${label}”`} />
        </form>
      </Dialog>
    </>
  );
}
