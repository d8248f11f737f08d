'use client';

import type { FieldValue, ReportField } from '#lib/incidents/report/field-types.ts';
import { fieldOf, wordsOf } from '#lib/incidents/report/fields.ts';
import { instantForm, MAX_TEXT } from '#lib/incidents/report/figures.ts';
import { CheckGroup } from '../../ui/check-group.tsx';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { parentOf } from './report-words.ts';

type Control = {
  field: ReportField;
  value: FieldValue | null;
  /** What is wrong with it, each sentence with its article. */
  error: string | undefined;
  /** ISO code of the reporting currency. */
  currency: string;
  onChange: (value: FieldValue | null) => void;
};

/** What a field's value is typed into or chosen from, by its kind. */
export function FieldControl({ field, value, error, currency, onChange }: Control) {
  const { no, label, help, kind } = field;
  const common = { label: `${no} ${label}`, hint: help, error };
  const text = typeof value === 'string' ? value : '';
  const write = (typed: string) => onChange(typed === '' ? null : typed);
  switch (kind) {
    case 'text':
      return (
        <TextAreaField
          {...common}
          rows={text.length > 200 ? 8 : 3}
          maxLength={MAX_TEXT}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      );
    case 'instant':
      return <InstantField common={common} text={text} onChange={onChange} />;
    case 'yes-no':
      return (
        <SelectField
          {...common}
          options={[
            { value: '', label: 'Not stated' },
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
          ]}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          onChange={({ target }) => onChange(target.value === '' ? null : target.value === 'yes')}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...common}
          options={[{ value: '', label: 'Not stated' }, ...optionsOf(field)]}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      );
    case 'choices':
    case 'countries':
      return <Choices field={field} common={common} value={value} onChange={onChange} />;
    case 'duration':
    case 'integer':
    case 'percent':
    case 'money':
    case 'lei':
    case 'identification':
    case 'leis':
    case 'names':
    case 'email':
    case 'phone':
      return (
        <TextField
          {...common}
          look={kind === 'names' || kind === 'email' ? 'sans' : 'mono'}
          maxLength={MAX_TEXT}
          {...(kind === 'duration' ? { placeholder: 'DD:HH:MM' } : {})}
          {...(isFigure(kind) ? { inputMode: 'decimal' as const } : {})}
          unit={kind === 'percent' ? '%' : kind === 'money' ? currency : undefined}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      );
  }
}

const isFigure = (kind: ReportField['kind']): boolean =>
  kind === 'integer' || kind === 'percent' || kind === 'money';

const optionsOf = ({ choices = [] }: ReportField) =>
  choices.map(({ value, words }) => ({ value, label: words }));

type Common = { label: string; hint: string; error: string | undefined };

/** UTC, to the second; what is no such instant is shown as it was written. */
function InstantField({
  common,
  text,
  onChange,
}: {
  common: Common;
  text: string;
  onChange: (value: FieldValue | null) => void;
}) {
  const isWhole = text === '' || instantForm(text) === 'utc';
  if (!isWhole)
    return (
      <TextField
        {...common}
        look="mono"
        value={text}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      />
    );
  return (
    <TextField
      {...common}
      type="datetime-local"
      step={1}
      unit="UTC"
      value={text.replace(/(:00)?Z$/, '')}
      onChange={({ target: { value } }) =>
        onChange(value === '' ? null : `${value}${value.length === 16 ? ':00' : ''}Z`)
      }
    />
  );
}

/** Several of a list, under the headings that the list has. */
function Choices({
  field,
  common,
  value,
  onChange,
}: {
  field: ReportField;
  common: Common;
  value: FieldValue | null;
  onChange: (value: FieldValue | null) => void;
}) {
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  const { choices = [] } = field;
  const parent = fieldOf(parentOf[field.no] ?? '');
  const put = (values: readonly string[]) => {
    // In the order of the ITS, so that the same choice is always the same list; what it doesn't know stays behind.
    const known = choices.map((choice) => choice.value);
    const kept = values.filter((one) => !known.includes(one));
    const list = [...known.filter((one) => values.includes(one)), ...kept];
    onChange(list.length === 0 ? null : list);
  };
  if (parent === null)
    return (
      <CheckGroup
        {...common}
        options={optionsOf(field)}
        values={chosen}
        onChange={(values) =>
          put([...values, ...chosen.filter((one) => !choices.some((c) => c.value === one))])
        }
      />
    );
  const headings = [...new Set(choices.map(({ under = '' }) => under))];
  return (
    <fieldset className="min-w-0 space-y-3">
      <legend className="mb-1 font-medium">{common.label}</legend>
      <p className="text-sm text-text-quiet">{common.hint}</p>
      {headings.map((under, place) => {
        const own = choices.filter((choice) => (choice.under ?? '') === under);
        return (
          <CheckGroup
            key={under}
            label={
              <span className="text-sm font-normal text-text-quiet">{wordsOf(parent, under)}</span>
            }
            {...(place === headings.length - 1 ? { error: common.error } : {})}
            options={own.map((choice) => ({ value: choice.value, label: choice.words }))}
            values={chosen.filter((one) => own.some((choice) => choice.value === one))}
            onChange={(values) =>
              put([
                ...chosen.filter((one) => !own.some((choice) => choice.value === one)),
                ...values,
              ])
            }
          />
        );
      })}
    </fieldset>
  );
}
