'use client';

import { useState } from 'react';
import { prepareRecertificationAction } from '#lib/operations/actions.ts';
import type { ListingOptions } from '#lib/operations/list-raise-options.ts';
import type { DestinationRecord } from '#lib/operations/view-destination.ts';
import type { DestinationListingIntent } from '#lib/protocol/intent.ts';
import { AddressFact, chainName } from '../operations/address-fact.tsx';
import { RaiseForm } from '../raise/raise-form.tsx';
import { RaiseReview } from '../raise/raise-review.tsx';
import { whoActs } from '../raise/who-acts.tsx';
import { submitChecked, type FieldErrors } from '../raise/read-form.ts';
import { toSign, useRaise } from '../raise/use-raise.ts';
import { DescriptionList, Footing } from '../ui/description-list.tsx';
import {
  CertificationFields,
  certificationErrors,
  certificationOf,
} from './certification-fields.tsx';
import { certificateFacts } from './certificate-facts.tsx';
import { evidenceWords, wordOf } from './destination-words.ts';

type Certified = Pick<
  DestinationRecord,
  'id' | 'label' | 'client' | 'chain' | 'asset' | 'address' | 'evidenceMethod' | 'evidence'
>;

/** What is typed here takes the place of it, so it stands above the fields. */
function soFar({ evidenceMethod, evidence }: Certified) {
  if (evidenceMethod === null) return 'None.';
  return (
    <>
      {wordOf(evidenceWords, evidenceMethod)}
      {evidence !== null && (
        <Footing>
          <bdi>{evidence}</bdi>
        </Footing>
      )}
      <Footing>The new certification replaces it, also where it names none.</Footing>
    </>
  );
}

/** Asks for new evidence, then shows exactly what is signed. */
export function CertifyForm({
  record,
  options,
}: {
  record: Certified;
  options: Pick<ListingOptions, 'evidenceMethods' | 'validitySeconds'>;
}) {
  const raise = useRaise<DestinationListingIntent>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [sent, setSent] = useState<Record<string, string>>({});
  const { id, label, client, chain, asset, address } = record;

  function check(texts: Record<string, string>) {
    const operation = raise.operationId();
    void raise.check(async () =>
      toSign(
        await prepareRecertificationAction({
          operation,
          destination: id,
          ...certificationOf(texts),
        }),
      ),
    );
  }

  const addressFact = {
    term: 'Address',
    detail: (
      <AddressFact address={raise.prepared?.intent.destination.address ?? address}>
        “<bdi>{label}</bdi>” of {client} · {chainName(chain)} · {asset}
      </AddressFact>
    ),
  };
  return (
    <>
      {raise.prepared === null && (
        <div className="mb-6 max-w-[56rem]">
          <DescriptionList
            items={[addressFact, { term: 'Evidence so far', detail: soFar(record) }]}
          />
        </div>
      )}
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) =>
          submitChecked(event, certificationErrors, setErrors, (texts) => {
            setSent(texts);
            check(texts);
          })
        }
      >
        <CertificationFields
          methods={options.evidenceMethods}
          validitySeconds={options.validitySeconds}
          errors={errors}
        />
      </RaiseForm>
      {raise.prepared && (
        <RaiseReview
          raise={raise}
          action="raise this certification"
          onRenew={() => check(sent)}
          title={
            <>
              Certify again an address to which <strong>{asset}</strong> of client{' '}
              <strong className="whitespace-nowrap">{client}</strong> may leave
            </>
          }
          facts={[
            addressFact,
            ...certificateFacts(raise.prepared.intent.destination),
            ...whoActs(raise.prepared.allowed),
          ]}
        />
      )}
    </>
  );
}
