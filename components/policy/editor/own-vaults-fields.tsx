import type { Policy } from '#lib/protocol/policy.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { AddressBlock } from '../../ui/grouped.tsx';
import type { PolicyForm } from '../form/policy-form.ts';
import type { Offered } from './choices.ts';
import type { Edit } from './rule-card.tsx';

export type OwnVault = NonNullable<Policy['ownVaults']>[number];

/** Vaults with the addresses that parties without a share of them go by. */
export function OwnVaultsFields({
  form: { ownVaults },
  offered,
  edit,
}: {
  form: PolicyForm;
  offered: Offered['vaults'];
  edit: Edit;
}) {
  const open = offered.filter(({ value }) => ownVaults.every(({ vault }) => vault !== value));
  const change = (next: readonly OwnVault[]) =>
    edit((before) => ({ ...before, ownVaults: [...next] }));
  return (
    <>
      {ownVaults.length === 0 && (
        <p className="text-text-quiet">
          None. A party sends only to vaults of whose key it holds a share.
        </p>
      )}
      <ul className="space-y-4">
        {ownVaults.map((named) => (
          <li key={named.vault}>
            <p>
              <strong>{named.vault}</strong> on {named.chain}
            </p>
            <AddressBlock address={named.address} />
            <Button
              size="small"
              onClick={() => change(ownVaults.filter(({ vault }) => vault !== named.vault))}
            >
              Take {named.vault} out
            </Button>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <div className="mt-4">
          <SelectField
            label="Name a vault"
            hint="Its address is filled in from the console’s record. The parties that hold its key check it before the policy is in force."
            placeholder="Choose a vault"
            options={open.map(({ value, label }) => ({ value, label }))}
            value=""
            onChange={(event) => {
              const chosen = open.find(({ value }) => value === event.target.value);
              if (chosen)
                change([
                  ...ownVaults,
                  { vault: chosen.value, chain: chosen.chain, address: chosen.address },
                ]);
            }}
          />
        </div>
      )}
    </>
  );
}
