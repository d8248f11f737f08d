'use client';

import { prepareProofOfControlAction } from '#lib/operations/proofs/actions.ts';
import type { ProofOfControlIntent } from '#lib/protocol/control-intent.ts';
import { controlFacts } from '../operations/control-facts.tsx';
import { RaiseForm } from '../raise/raise-form.tsx';
import { RaiseReview } from '../raise/raise-review.tsx';
import { toSign, useRaise } from '../raise/use-raise.ts';
import { whoActs } from '../raise/who-acts.tsx';
import { DescriptionList } from '../ui/description-list.tsx';

/** Raises that the key of a vault answers for a snapshot: what it means, what is signed, the key press. */
export function RaiseControl({ snapshot, vault }: { snapshot: string; vault: string }) {
  const raise = useRaise<ProofOfControlIntent>();

  const check = () =>
    void raise.check(async () =>
      toSign<ProofOfControlIntent>(
        await prepareProofOfControlAction({ operation: raise.operationId(), snapshot, vault }),
      ),
    );

  return (
    <>
      <RaiseForm
        refusal={raise.refusal}
        checking={raise.checking}
        isHidden={raise.prepared !== null}
        onSubmit={(event) => {
          event.preventDefault();
          check();
        }}
      >
        <DescriptionList
          items={[
            {
              term: 'What it does',
              detail:
                'The parties of this vault sign a text that names the vault, the snapshot and a block. Whoever has the file can check it against the address.',
            },
            {
              term: 'What it does not',
              detail: 'It moves nothing: no chain takes the text for a transaction.',
            },
            {
              term: 'Afterwards',
              detail: 'The signature stands in the public file of the snapshot, for good.',
            },
          ]}
        />
      </RaiseForm>
      {raise.prepared && (
        <RaiseReview
          raise={raise}
          action="raise this proof of control"
          onRenew={check}
          title={
            <>
              Prove control of vault <strong>{raise.prepared.intent.vault}</strong>
            </>
          }
          facts={[...controlFacts(raise.prepared.intent), ...whoActs(raise.prepared.allowed)]}
        />
      )}
    </>
  );
}
