import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { SelectField } from '../../ui/field.tsx';
import type { BoundForm } from '../form/policy-form.ts';
import { boundField } from '../form/read-policy.ts';
import type { Choice } from './choices.ts';
import { AmountField } from './fields.tsx';

export type BoundsFieldsProps = {
  /** Name of the list in the form, which its errors carry. */
  list: 'caps' | 'keyCaps' | 'firstUseCaps';
  bounds: readonly BoundForm[];
  assets: readonly Choice<string>[];
  errors: Readonly<Record<string, string>>;
  firstLabel: string;
  /** For a list with two bounds an asset; the second may stay empty. */
  secondLabel?: string;
  /** What it means that an asset is not in the list. */
  empty: string;
  onChange: (bounds: BoundForm[]) => void;
};

/** Bounds by asset, one or two each. */
export function BoundsFields(props: BoundsFieldsProps) {
  const { list, bounds, assets, errors, firstLabel, secondLabel, empty, onChange } = props;
  const change = (key: string, to: Partial<BoundForm>) =>
    onChange(bounds.map((bound) => (bound.key === key ? { ...bound, ...to } : bound)));
  const left = assets.filter(({ value }) => !bounds.some(({ asset }) => asset === value));
  return (
    <div className="space-y-3">
      {bounds.length === 0 && <p className="text-text-quiet">{empty}</p>}
      {bounds.map((bound) => (
        <div key={bound.key} role="group" aria-label={bound.asset}>
          <div
            className={`grid gap-3 ${secondLabel ? 'medium:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto]' : 'max-w-form medium:grid-cols-[minmax(0,1fr)_auto]'}`}
          >
            <AmountField
              label={firstLabel}
              asset={bound.asset}
              value={bound.first}
              error={errors[boundField(list, bound, 'first')]}
              onChange={(first) => change(bound.key, { first })}
            />
            {secondLabel && (
              <AmountField
                label={secondLabel}
                asset={bound.asset}
                value={bound.second}
                error={errors[boundField(list, bound, 'second')]}
                onChange={(second) => change(bound.key, { second })}
              />
            )}
            <Button
              tone="quiet"
              size="small"
              className="justify-self-start max-medium:-ms-2.5 medium:mt-7"
              aria-label={`Take out: ${firstLabel}, ${bound.asset}`}
              onClick={() => onChange(bounds.filter(({ key }) => key !== bound.key))}
            >
              Take out
            </Button>
          </div>
        </div>
      ))}
      {left.length > 0 && (
        <AddAsset
          label={firstLabel}
          left={left}
          onAdd={(asset) => onChange([...bounds, { key: asset, asset, first: '', second: '' }])}
        />
      )}
    </div>
  );
}

function AddAsset({
  label,
  left,
  onAdd,
}: {
  label: string;
  left: readonly Choice<string>[];
  onAdd: (asset: string) => void;
}) {
  const [chosen, setChosen] = useState('');
  const [first] = left;
  const wanted = left.find(({ value }) => value === chosen) ?? first;
  if (!wanted) return null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      {left.length > 1 && (
        <SelectField
          label={`Asset for: ${label}`}
          options={left}
          value={wanted.value}
          onChange={(event) => setChosen(event.target.value)}
        />
      )}
      <Button size="small" onClick={() => onAdd(wanted.value)}>
        Add a bound{left.length === 1 && ` for ${wanted.value}`}
      </Button>
    </div>
  );
}
