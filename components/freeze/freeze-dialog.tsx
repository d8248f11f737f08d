'use client';

import { useId, useRef, useState } from 'react';
import { prepareFreezeAction } from '#lib/operations/actions.ts';
import type { FreezesView } from '#lib/operations/list-freezes.ts';
import { ok } from '#lib/platform/result.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import { useRefresh } from '../live/use-refresh.ts';
import { isBusy, pendingLabels, StatementStatus } from '../operations/statement-status.tsx';
import { useStatement } from '../operations/use-statement.ts';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { ScopeFields, type Scope } from './scope-fields.tsx';
import { scopeInside, stopsText } from './freeze-words.ts';
import { StopPages, type StopPage } from './stop-pages.tsx';

export type FreezeButtonProps = {
  vaults: FreezesView['vaults'];
  assets: FreezesView['assets'];
  stopPages: readonly StopPage[];
  /** Names of parties without a network. */
  cold: readonly string[];
};

const nameOf = ({ what, value }: Scope): string =>
  what === 'everything' ? 'Everything' : `${what === 'asset' ? 'Asset' : 'Vault'} ${value}`;

function errorsOf(scope: Scope, reason: string): FieldErrors {
  const fault = findTextFault(reason, textRules.reason);
  return {
    ...(scope.what !== 'everything' && scope.value === ''
      ? { value: `Choose the ${scope.what} that stops.` }
      : {}),
    ...(fault === null ? {} : { reason: fault }),
  };
}

/** Stops something by one press of a key. What was typed stays when it is refused. */
export function FreezeButton(props: FreezeButtonProps) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  return (
    <div className="flex flex-col items-start gap-1 medium:items-end">
      <Button tone="danger" onClick={() => setOpen(true)}>
        Freeze …
      </Button>
      <p role="status" className="text-sm text-text-quiet empty:hidden">
        {said}
      </p>
      <FreezeDialog
        {...props}
        open={open}
        onClose={() => setOpen(false)}
        onDone={(scope) => {
          setSaid(`Frozen: ${scopeInside(scope)}. Below is which party has it.`);
          setOpen(false);
        }}
      />
    </div>
  );
}

function FreezeDialog({
  open,
  onClose,
  onDone,
  vaults,
  assets,
  stopPages,
  cold,
}: FreezeButtonProps & { open: boolean; onClose: () => void; onDone: (scope: string) => void }) {
  const formId = useId();
  const refresh = useRefresh();
  const id = useRef<string | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [scope, setScope] = useState<Scope>({ what: 'vault', value: '' });
  const maker = useStatement(() => {
    id.current = null;
    refresh();
    onDone(nameOf(scope));
  });
  const isChosen = scope.what === 'everything' || scope.value !== '';

  function close() {
    maker.forget();
    setErrors({});
    onClose();
  }

  function send({ reason = '' }: Record<string, string>) {
    // Kept over tries, so that one dialog makes one freeze.
    id.current ??= crypto.randomUUID();
    const operation = id.current;
    const { what, value } = scope;
    const wanted = what === 'everything' ? { what } : { what, [what]: value };
    void maker.make(async () => {
      const answer = await prepareFreezeAction({ operation, scope: wanted, reason });
      return answer.ok ? ok(answer.value.request) : answer;
    });
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Freeze"
      actions={
        <>
          <Button onClick={close}>Freeze nothing</Button>
          <Button
            type="submit"
            form={formId}
            tone="danger"
            pending={isBusy(maker.phase)}
            pendingLabel={pendingLabels[maker.phase]}
          >
            {isChosen ? `Freeze ${scopeInside(nameOf(scope))} with key` : 'Freeze with key'}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="space-y-4"
        onSubmit={(event) =>
          submitChecked(event, ({ reason = '' }) => errorsOf(scope, reason), setErrors, send)
        }
      >
        <ScopeFields
          scope={scope}
          onChange={setScope}
          vaults={vaults}
          assets={assets}
          error={errors['value']}
        />
        <TextAreaField
          label="Reason"
          name="reason"
          rows={2}
          maxLength={500}
          hint="For colleagues and auditors. A few words are enough."
          error={errors['reason']}
        />
        <div className="space-y-2 text-sm text-text-quiet">
          <p>
            <strong className="text-text">
              {isChosen ? stopsText(scope.what, scope.value) : 'Choose what stops.'}
            </strong>{' '}
            From the moment a party has it, that party signs nothing of it, also of what people have
            approved already. The console hands it to all parties at once. You decide alone;
            releasing it takes more people than a withdrawal.
          </p>
          {cold.length > 0 && (
            <p>
              {cold.length === 1 ? 'Party' : 'Parties'} {cold.join(' and ')}{' '}
              {cold.length === 1 ? 'has' : 'have'} no network and{' '}
              {cold.length === 1 ? 'learns' : 'learn'} of it by the next document that is carried
              there.
            </p>
          )}
          <StopPages pages={stopPages} />
        </div>
        <StatementStatus maker={maker} action={`freeze ${scopeInside(nameOf(scope))}`} />
      </form>
    </Dialog>
  );
}
