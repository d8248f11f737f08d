'use client';

import { useState } from 'react';
import {
  prepareKeyBackupAction,
  prepareKeyRefreshAction,
  prepareKeyRepairAction,
} from '#lib/operations/keys/actions.ts';
import type { KeyLifeIntent } from '#lib/operations/keys/key-workers.ts';
import type { KeyView } from '#lib/operations/keys/view-keys.ts';
import type { Result } from '#lib/platform/result.ts';
import { RaiseForm } from '../raise/raise-form.tsx';
import { RaiseReview } from '../raise/raise-review.tsx';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { toSign, useRaise, type Preparation, type Raise } from '../raise/use-raise.ts';
import { whoActs } from '../raise/who-acts.tsx';
import { DescriptionList } from '../ui/description-list.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { shareMark } from './key-words.ts';
import { durationOf, workWords, type KeyWork } from './work-words.ts';

type Of = { work: KeyWork; view: KeyView };

/** Raising what is to be done to a key: what it means, then what is signed, then the key press. */
export function RaiseWork({ work, view, party }: Of & { party: string | null }) {
  const raise = useRaise<KeyLifeIntent>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [chosen, setChosen] = useState(party ?? '');
  const { does, crash, after } = workWords[work];

  const check = (lost: string) =>
    void raise.check(() => prepare(work, { operation: raise.operationId(), key: view.id }, lost));

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) =>
          submitChecked(
            event,
            (texts) => findErrors(work, texts),
            setErrors,
            (texts) => {
              setChosen(texts['party'] ?? '');
              check(texts['party'] ?? '');
            },
          )
        }
      >
        <DescriptionList
          items={[
            { term: 'What it does', detail: does },
            { term: 'How long', detail: durationOf(work, view.shares) },
            { term: 'At a crash', detail: crash },
            { term: 'Afterwards', detail: after },
          ]}
        />
        {work === 'repair' && (
          <ChoiceField
            label="Party that lost its share"
            name="party"
            defaultValue={chosen}
            error={errors['party']}
            options={view.shares.map((share) => ({
              value: share.party,
              label: share.party,
              hint: shareMark(share, view.epoch).words,
            }))}
          />
        )}
      </RaiseForm>
      {raise.prepared && (
        <Review
          raise={raise}
          intent={raise.prepared.intent}
          of={{ work, view }}
          onRenew={() => check(chosen)}
        />
      )}
    </>
  );
}

function findErrors(work: KeyWork, { party = '' }: Record<string, string>): FieldErrors {
  return work === 'repair' && party === ''
    ? { party: 'Choose the party that lost its share.' }
    : {};
}

async function prepare(
  work: KeyWork,
  form: { operation: string; key: string },
  party: string,
): Promise<Result<Preparation<KeyLifeIntent>>> {
  switch (work) {
    case 'refresh':
      return toSign<KeyLifeIntent>(await prepareKeyRefreshAction(form));
    case 'backup':
      return toSign<KeyLifeIntent>(await prepareKeyBackupAction(form));
    case 'repair':
      return toSign<KeyLifeIntent>(await prepareKeyRepairAction({ ...form, party }));
  }
}

function Review({
  raise,
  intent,
  of: { work, view },
  onRenew,
}: {
  raise: Raise<KeyLifeIntent>;
  intent: KeyLifeIntent;
  of: Of;
  onRenew: () => void;
}) {
  return (
    <RaiseReview
      raise={raise}
      action={workWords[work].action}
      onRenew={onRenew}
      title={titleOf(intent)}
      facts={[
        {
          term: 'Key',
          detail: (
            <>
              <Code>{intent.key}</Code>
              {view.vault && `, of ${view.vault.tier} vault ${view.vault.name}`}
            </>
          ),
        },
        {
          term: 'Epoch',
          detail:
            intent.kind === 'key-refresh'
              ? `${intent.epoch} is in force; this makes ${intent.epoch + 1}`
              : String(intent.epoch),
        },
        {
          term: 'Parties',
          detail:
            intent.kind === 'key-repair'
              ? `${intent.helpers.join(' and ')} help ${intent.party}`
              : intent.parties.join(', '),
        },
        { term: 'Afterwards', detail: workWords[work].after },
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}

function titleOf(intent: KeyLifeIntent) {
  switch (intent.kind) {
    case 'key-refresh':
      return (
        <>
          Replace every share of key <strong>{intent.key}</strong>, at{' '}
          <strong>{intent.parties.length}</strong> parties
        </>
      );
    case 'key-backup':
      return (
        <>
          Seal every share of key <strong>{intent.key}</strong> for its custodians
        </>
      );
    case 'key-repair':
      return (
        <>
          Give party <strong>{intent.party}</strong> its share of key <strong>{intent.key}</strong>{' '}
          back
        </>
      );
  }
}
