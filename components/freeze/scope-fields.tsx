import type { FreezesView } from '#lib/operations/list-freezes.ts';
import { SelectField } from '../ui/field.tsx';

export type Scope = { what: 'everything' | 'asset' | 'vault'; value: string };

const CHOICES = [
  { what: 'everything', label: 'Everything' },
  { what: 'asset', label: 'One asset' },
  { what: 'vault', label: 'One vault' },
] as const;

/** What stops: everything, an asset or a vault. */
export function ScopeFields({
  scope,
  onChange,
  vaults,
  assets,
  error,
}: {
  scope: Scope;
  onChange: (scope: Scope) => void;
  vaults: FreezesView['vaults'];
  assets: FreezesView['assets'];
  error: string | undefined;
}) {
  const isVault = scope.what === 'vault';
  return (
    <>
      <fieldset>
        <legend className="mb-1 font-medium">What stops</legend>
        <div className="flex flex-wrap gap-2">
          {CHOICES.map(({ what, label }) => (
            <label
              key={what}
              className="inline-flex min-h-9 items-center gap-2 rounded-sm border border-line-control bg-surface px-2.5 has-checked:border-accent has-checked:bg-info-ground"
            >
              <input
                type="radio"
                name="what"
                value={what}
                checked={scope.what === what}
                onChange={() => onChange({ what, value: '' })}
                className="size-4 shrink-0 accent-accent"
              />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      {scope.what !== 'everything' && (
        <SelectField
          key={scope.what}
          label={isVault ? 'Vault' : 'Asset'}
          name="value"
          value={scope.value}
          onChange={({ target }) => onChange({ ...scope, value: target.value })}
          options={[
            { value: '', label: isVault ? 'Choose a vault' : 'Choose an asset', disabled: true },
            ...(isVault
              ? vaults.map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))
              : assets.map((asset) => ({ value: asset, label: asset }))),
          ]}
          error={error}
        />
      )}
    </>
  );
}
