'use client';

import { useState } from 'react';
import { prepareDestinationAction } from '#lib/operations/actions.ts';
import type { ListingOptions } from '#lib/operations/list-raise-options.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import { certificateFacts } from '../custody/certificate-facts.tsx';
import {
  CertificationFields,
  certificationErrors,
  certificationOf,
} from '../custody/certification-fields.tsx';
import { classWords, wordOf } from '../custody/destination-words.ts';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { tokenFact } from '../operations/token-fact.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { RaiseForm } from './raise-form.tsx';
import { RaiseReview } from './raise-review.tsx';
import { submitChecked, type FieldErrors } from './read-form.ts';
import { toSign, useRaise, type Raise } from './use-raise.ts';
import { whoActs } from './who-acts.tsx';

type Texts = Record<string, string>;

/** Those that show what the server says against them. */
const fields = ['client', 'asset', 'address', 'label', 'class'];

function destinationErrors(texts: Texts) {
  const { client = '', asset = '', address = '', label = '', class: kind = '' } = texts;
  const errors: FieldErrors = certificationErrors(texts);
  if (kind === '') errors['class'] = 'Choose whose address it is.';
  if (client === '') errors['client'] = 'Choose the client whose address it is.';
  if (asset === '') errors['asset'] = 'Choose what may be sent to it.';
  if (address === '') errors['address'] = 'Paste the address whole, as the client gave it.';
  else if (/\s/u.test(address)) errors['address'] = 'An address has no spaces. Paste it whole.';
  const labelFault = findTextFault(label, textRules.destinationLabel);
  if (labelFault !== null) errors['label'] = labelFault;
  return errors;
}

/** Proposing an address for a client's list. */
export function DestinationScreen({
  options,
  preset,
}: {
  options: ListingOptions;
  preset: string | null;
}) {
  const raise = useRaise<DestinationListingIntent>(fields);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [sent, setSent] = useState<Texts>({});

  function check(texts: Texts) {
    const { client, asset = '', address, label, class: kind } = texts;
    const [code, chain] = asset.split(' ');
    void raise.check(async () =>
      toSign(
        await prepareDestinationAction({
          operation: raise.operationId(),
          client,
          asset: code,
          chain,
          address,
          label,
          class: kind,
          ...certificationOf(texts),
        }),
      ),
    );
  }

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        fieldErrors={raise.fieldErrors}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) =>
          submitChecked(event, destinationErrors, setErrors, (texts) => {
            setSent(texts);
            check(texts);
          })
        }
      >
        <Fields options={options} preset={preset} errors={{ ...raise.fieldErrors, ...errors }} />
      </RaiseForm>
      {raise.prepared && (
        <Review
          raise={raise}
          intent={raise.prepared.intent}
          label={sent['label'] ?? ''}
          onRenew={() => check(sent)}
        />
      )}
    </>
  );
}

function Fields({
  options,
  preset,
  errors,
}: {
  options: ListingOptions;
  preset: string | null;
  errors: FieldErrors;
}) {
  const [only] = options.assets.length === 1 ? options.assets : [];
  return (
    <>
      <SelectField
        label="Client"
        name="client"
        placeholder="Choose a client"
        defaultValue={preset !== null && options.clients.includes(preset) ? preset : ''}
        options={options.clients.map((id) => ({ value: id, label: id }))}
        error={errors['client']}
      />
      <SelectField
        label="Asset and network"
        name="asset"
        placeholder="Choose an asset"
        defaultValue={only ? `${only.asset} ${only.chain}` : ''}
        options={options.assets.map(({ asset, name, chain }) => ({
          value: `${asset} ${chain}`,
          label: `${asset} (${name}) on ${chainName(chain)}`,
        }))}
        error={errors['asset']}
      />
      <TextField
        label="Address"
        name="address"
        look="mono"
        maxLength={128}
        hint="Paste it whole. The next step shows it in groups of four, to compare with the client’s own words."
        error={errors['address']}
      />
      <TextField
        label="Name in the book"
        name="label"
        maxLength={60}
        hint="What colleagues will read beside the address, such as “Own wallet”. No personal data."
        error={errors['label']}
      />
      <SelectField
        label="Whose address it is"
        name="class"
        placeholder="Choose a class"
        hint="Rules of the policy look at it."
        options={options.classes.map((value) => ({ value, label: wordOf(classWords, value) }))}
        error={errors['class']}
      />
      <CertificationFields
        methods={options.evidenceMethods}
        validitySeconds={options.validitySeconds}
        errors={errors}
      />
    </>
  );
}

function Review({
  raise,
  intent,
  label,
  onRenew,
}: {
  raise: Raise<DestinationListingIntent>;
  intent: DestinationListingIntent;
  label: string;
  onRenew: () => void;
}) {
  const { destination } = intent;
  return (
    <RaiseReview
      raise={raise}
      action="raise this listing"
      onRenew={onRenew}
      title={
        <>
          List an address to which <strong>{destination.asset}</strong> of client{' '}
          <strong className="whitespace-nowrap">{destination.client}</strong> may leave
        </>
      }
      facts={[
        {
          term: 'Address',
          detail: (
            <AddressFact address={destination.address}>
              “<bdi>{label}</bdi>” · {chainName(destination.chain)} · {destination.asset}
            </AddressFact>
          ),
        },
        ...tokenFact(destination),
        ...certificateFacts(destination),
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}
