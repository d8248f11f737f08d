'use client';

import { useState } from 'react';
import { prepareReleaseAction } from '#lib/operations/actions.ts';
import type { FreezeView } from '#lib/operations/view-freezes.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { ReleaseIntent } from '#lib/protocol/stop-intents.ts';
import { RaiseForm } from '../raise/raise-form.tsx';
import { RaiseReview } from '../raise/raise-review.tsx';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { toSign, useRaise, type Raise } from '../raise/use-raise.ts';
import { whoActs } from '../raise/who-acts.tsx';
import { Footing } from '../ui/description-list.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { Time } from '../ui/time.tsx';
import { scopeInside } from './freeze-words.ts';

/** The reason, then exactly what is signed and who must act, then the key. */
export function ReleaseForm({ freeze }: { freeze: FreezeView }) {
  const raise = useRaise<ReleaseIntent>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [reason, setReason] = useState('');

  function check(why: string) {
    setReason(why);
    void raise.check(async () =>
      toSign(
        await prepareReleaseAction({
          operation: raise.operationId(),
          freeze: freeze.operation,
          reason: why,
        }),
      ),
    );
  }

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) =>
          submitChecked(
            event,
            (texts) => {
              const fault = findTextFault(texts['reason'] ?? '', textRules.reason);
              return fault === null ? {} : { reason: fault };
            },
            setErrors,
            (texts) => check(texts['reason'] ?? ''),
          )
        }
      >
        <TextAreaField
          label="Why it may go on"
          name="reason"
          maxLength={500}
          hint="What was found and what was done about it. Everybody who states reads it."
          error={errors['reason']}
        />
      </RaiseForm>
      {raise.prepared && (
        <Review raise={raise} freeze={freeze} reason={reason} onRenew={() => check(reason)} />
      )}
    </>
  );
}

function Review({
  raise,
  freeze,
  reason,
  onRenew,
}: {
  raise: Raise<ReleaseIntent>;
  freeze: FreezeView;
  reason: string;
  onRenew: () => void;
}) {
  return (
    <RaiseReview
      raise={raise}
      action={`raise the release of ${freeze.number}`}
      onRenew={onRenew}
      title={
        <>
          Release <strong>{scopeInside(freeze.scope)}</strong>, frozen by{' '}
          <strong className="whitespace-nowrap">{freeze.number}</strong>
        </>
      }
      facts={[
        {
          term: 'Freeze',
          detail: (
            <>
              <Code>{freeze.number}</Code>, stated by <bdi>{freeze.frozenBy}</bdi> on{' '}
              <Time instant={freeze.frozenAt} />
              <Footing>
                You sign its id{' '}
                <span className="figures-mono">{raise.prepared?.intent.freeze}</span>. Number, scope
                and name are from the console; each party knows by itself what that freeze stops.
              </Footing>
            </>
          ),
        },
        { term: 'Why', detail: <bdi>{reason}</bdi> },
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}
