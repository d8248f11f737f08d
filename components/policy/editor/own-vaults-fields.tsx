import type { NamableVault } from '#lib/operations/vault-receipts/list-namable-vaults.ts';
import { inWords } from '#lib/operations/policy-words.ts';
import type { OwnVault } from '#lib/protocol/policy.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import { AddressBlock } from '../../ui/grouped.tsx';
import type { PolicyForm } from '../form/policy-form.ts';
import type { Edit } from './rule-card.tsx';

/** Vaults with the addresses that parties without a share of them go by. */
export function OwnVaultsFields({
  form: { ownVaults },
  namable,
  edit,
}: {
  form: PolicyForm;
  namable: readonly NamableVault[];
  edit: Edit;
}) {
  const unnamed = namable.filter((of) => ownVaults.every(({ vault }) => vault !== of.vault));
  const open = unnamed.filter(({ entry }) => entry !== null);
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
            {named.receipts && (
              <p className="text-text-quiet">
                Vouched for by {inWords(named.receipts.map(({ party }) => party))}.
              </p>
            )}
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
            hint="Its address is filled in from the console’s record, with the signed word of parties that hold its key. Every party checks it before the policy is in force."
            placeholder="Choose a vault"
            options={open.map(({ vault, label }) => ({ value: vault, label }))}
            value=""
            onChange={(event) => {
              const chosen = open.find(({ vault }) => vault === event.target.value);
              if (chosen?.entry) change([...ownVaults, chosen.entry]);
            }}
          />
        </div>
      )}
      <NotYet vaults={unnamed} />
    </>
  );
}

/** Vaults for which too few of their holders vouch, each with what brings the rest. */
function NotYet({ vaults }: { vaults: readonly NamableVault[] }) {
  const waiting = vaults.filter(({ lacks }) => lacks !== null);
  if (waiting.length === 0) return null;
  return (
    <ul className="mt-4 space-y-2">
      {waiting.map(({ vault, label, lacks }) => (
        <li key={vault}>
          <bdi>{label}</bdi> can’t be named yet: {lacks}
        </li>
      ))}
    </ul>
  );
}
