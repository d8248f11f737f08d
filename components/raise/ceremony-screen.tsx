'use client';

import { useState } from 'react';
import { prepareKeyCeremonyAction } from '#lib/operations/actions.ts';
import type { CeremonyOptions } from '#lib/operations/list-raise-options.ts';
import { inWords } from '#lib/operations/policy-words.ts';
import { findTextFault, textRules } from '#lib/protocol/free-text.ts';
import type { KeyCeremonyIntent } from '#lib/protocol/intent.ts';
import { suiteHint, suiteName } from '../keys/suite-words.ts';
import { chainName } from '../operations/address-fact.tsx';
import { TierName } from '../operations/tier-name.tsx';
import { ChoiceField, SelectField, TextField } from '../ui/field.tsx';
import { Code } from '../ui/grouped.tsx';
import { RaiseForm } from './raise-form.tsx';
import { RaiseReview } from './raise-review.tsx';
import { submitChecked, type FieldErrors } from './read-form.ts';
import { toSign, useRaise, type Raise } from './use-raise.ts';
import { whoActs } from './who-acts.tsx';

type Texts = Record<string, string>;

const idShape = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

function ceremonyErrors({ vault = '', name = '', tier = '', chain = '' }: Texts, taken: string[]) {
  const errors: FieldErrors = {};
  const nameFault = findTextFault(name, textRules.vaultName);
  if (nameFault !== null) errors['name'] = nameFault;
  if (!idShape.test(vault))
    errors['vault'] = 'Use lower-case letters, digits and hyphens, at most 40, such as warm-2.';
  else if (taken.includes(vault)) errors['vault'] = `There is a vault ${vault} already.`;
  if (tier === '') errors['tier'] = 'Choose how the vault is kept.';
  if (chain === '') errors['chain'] = 'Choose a network.';
  return errors;
}

/** Raising the ceremony in which the parties make a vault's key together. */
export function CeremonyScreen({ options }: { options: CeremonyOptions }) {
  const raise = useRaise<KeyCeremonyIntent>();
  const [errors, setErrors] = useState<FieldErrors>({});
  const [sent, setSent] = useState<Texts>({});

  function check(texts: Texts) {
    const { vault, name, tier, chain, suite } = texts;
    void raise.check(async () =>
      toSign(
        await prepareKeyCeremonyAction({
          operation: raise.operationId(),
          vault,
          name,
          tier,
          chain,
          ...(suite === undefined ? {} : { suite }),
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
            (texts) => ceremonyErrors(texts, options.vaults),
            setErrors,
            (texts) => {
              setSent(texts);
              check(texts);
            },
          )
        }
      >
        <Fields options={options} errors={errors} />
      </RaiseForm>
      {raise.prepared && (
        <Review
          raise={raise}
          intent={raise.prepared.intent}
          name={sent['name'] ?? ''}
          onRenew={() => check(sent)}
        />
      )}
    </>
  );
}

function Fields({ options, errors }: { options: CeremonyOptions; errors: FieldErrors }) {
  const { online, cold } = options.parties;
  const [only] = options.chains.length === 1 ? options.chains : [];
  const [chain, setChain] = useState(only?.chain ?? '');
  const suites = options.chains.find((entry) => entry.chain === chain)?.suites ?? [];
  return (
    <>
      <TextField
        label="Name"
        name="name"
        maxLength={60}
        hint="As people read it, such as “Warm 2”."
        error={errors['name']}
      />
      <TextField
        label="Id"
        name="vault"
        look="mono"
        maxLength={40}
        hint="Inside every intent, and never changed: lower-case letters, digits and hyphens."
        error={errors['vault']}
      />
      <ChoiceField
        label="Tier"
        name="tier"
        error={errors['tier']}
        options={[
          { value: 'warm', label: 'Warm', hint: 'For the withdrawals of a day or two.' },
          { value: 'hot', label: 'Hot', hint: 'For what must leave within minutes.' },
          ...(cold === null
            ? []
            : [
                {
                  value: 'cold',
                  label: 'Cold',
                  hint: 'For what seldom leaves. Documents are carried to its parties without a network, for this ceremony too; a key of Ethereum can’t be made so.',
                },
              ]),
        ]}
      />
      <SelectField
        label="Network"
        name="chain"
        placeholder="Choose a network"
        value={chain}
        onChange={(event) => setChain(event.currentTarget.value)}
        options={options.chains.map((entry) => ({
          value: entry.chain,
          label: chainName(entry.chain),
        }))}
        error={errors['chain']}
      />
      {suites.length > 1 && (
        <ChoiceField
          key={chain}
          label="Kind of key"
          name="suite"
          defaultValue={suites[0] ?? ''}
          error={errors['suite']}
          options={suites.map((suite) => ({
            value: suite,
            label: suiteName(suite),
            hint: suiteHint(suite),
          }))}
        />
      )}
      <p className="text-text-quiet">
        Parties {inWords(online)} get one share each of a warm or hot vault’s key
        {cold !== null && <>, and {inWords(cold)} of a cold one’s</>}; any two of them sign. One
        person of each group states before they begin.
      </p>
    </>
  );
}

function Review({
  raise,
  intent,
  name,
  onRenew,
}: {
  raise: Raise<KeyCeremonyIntent>;
  intent: KeyCeremonyIntent;
  name: string;
  onRenew: () => void;
}) {
  const { vault, parties, threshold, suite, key } = intent;
  return (
    <RaiseReview
      raise={raise}
      action="raise this key ceremony"
      onRenew={onRenew}
      title={
        <>
          Make the key of {vault.tier} vault <strong className="whitespace-nowrap">{name}</strong>,
          of which any <strong>{threshold}</strong> of <strong>{parties.length}</strong> parties
          sign
        </>
      }
      facts={[
        {
          term: 'Vault',
          detail: (
            <>
              <Code>{vault.id}</Code>, <TierName tier={vault.tier} /> · {chainName(vault.chain)}
            </>
          ),
        },
        {
          term: 'Shares',
          detail: `One each for parties ${parties.join(', ')}; any ${threshold} of them sign together.`,
        },
        {
          term: 'Key',
          detail: (
            <>
              <Code>{key}</Code>, {suiteName(suite)} ({suite})
            </>
          ),
        },
        ...whoActs(raise.prepared?.allowed),
      ]}
    />
  );
}
