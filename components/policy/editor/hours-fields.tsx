import { useId, useState } from 'react';
import { dayNames } from '#lib/operations/policy-words.ts';
import { CheckGroup } from '../../ui/check-group.tsx';
import { TextField } from '../../ui/field.tsx';
import type { HoursForm } from '../form/policy-form.ts';
import { RadioRow } from './fields.tsx';

const days = dayNames.map((name, index) => ({ value: String(index + 1), label: name.slice(0, 3) }));

/** Every zone this browser knows, and UTC, which some leave out. */
const allZones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** A window of time on days of the week, by the wall clock of a zone. */
export function HoursFields({
  value,
  error,
  onChange,
}: {
  value: HoursForm;
  error: string | undefined;
  onChange: (value: HoursForm) => void;
}) {
  const listId = useId();
  // Some hundred names, so they are listed only once somebody is about to choose.
  const [zones, setZones] = useState<readonly string[]>([]);
  const isAboutZone = error?.includes('zone') === true;
  const isOvernight = value.from > value.to;
  return (
    <div className="space-y-3">
      <RadioRow
        label="Holds"
        hideLabel
        options={[
          { value: 'inside', label: 'Inside these hours' },
          { value: 'outside', label: 'Outside these hours' },
        ]}
        value={value.holds}
        onChange={(holds) => onChange({ ...value, holds })}
      />
      <CheckGroup
        label="Days"
        options={days}
        values={value.days.map(String)}
        onChange={(chosen) => onChange({ ...value, days: chosen.map(Number) })}
      />
      <div className="grid max-w-form grid-cols-2 gap-3">
        <TextField
          label="From"
          type="time"
          value={value.from}
          onChange={(event) => onChange({ ...value, from: event.target.value })}
        />
        <TextField
          label="To"
          type="time"
          value={value.to}
          onChange={(event) => onChange({ ...value, to: event.target.value })}
        />
      </div>
      <TextField
        label="Time zone"
        hint="By its name; the list shows what fits while you type."
        list={listId}
        error={isAboutZone ? error : undefined}
        value={value.zone}
        onFocus={() => setZones(allZones())}
        onChange={(event) => onChange({ ...value, zone: event.target.value.trim() })}
      />
      <datalist id={listId}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone}
          </option>
        ))}
      </datalist>
      {error && !isAboutZone && <p className="text-sm text-danger">{error}</p>}
      {isOvernight && (
        <p className="text-sm text-text-quiet">
          Goes over midnight; the night belongs to the day on which it begins.
        </p>
      )}
    </div>
  );
}
