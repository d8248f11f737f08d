'use client';

import { memo } from 'react';
import { CONTROL, FieldFrame, fieldWiring } from '../ui/field-frame.tsx';
import type { LeafField } from './fields/field.ts';
import { controlId, countryList, currencyList } from './form-shared.ts';

export type Option = { value: string; label: string };

/** From so many on a list is typed into rather than opened. */
export const openListMax = 300;

export type LeafControlProps = {
  field: LeafField;
  /** Among the facts, such as `uses.2.function`. */
  path: string;
  value: string;
  error: string | undefined;
  /** What may be chosen, where the field names records or people. */
  options: readonly Option[];
  onChange: (path: string, value: string) => void;
};

/** One value of a record. Its look follows from what the field says; what is wrong with it stands below it. */
export const LeafControl = memo(function LeafControl(props: LeafControlProps) {
  const { field, path, error } = props;
  const id = controlId(path);
  const { hint } = field;
  return (
    <FieldFrame
      id={id}
      label={
        isOptional(field) ? (
          <>
            {field.label} <span className="font-normal text-text-quiet">(optional)</span>
          </>
        ) : (
          field.label
        )
      }
      hint={hint}
      error={error}
    >
      <Control {...props} wiring={fieldWiring(id, { hint, error })} />
    </FieldFrame>
  );
});

const isOptional = ({ maybe, asked }: LeafField): boolean => maybe === true && asked !== true;

type Wired = LeafControlProps & { wiring: ReturnType<typeof fieldWiring> };

function Control(props: Wired) {
  const { field } = props;
  switch (field.control) {
    case 'choice':
      return (
        <Choose
          {...props}
          options={Object.entries(field.options).map(([value, label]) => ({ value, label }))}
        />
      );
    case 'yes-no':
      return <Choose {...props} options={yesNo} />;
    case 'person':
    case 'record':
      return props.options.length > openListMax ? <Find {...props} /> : <Choose {...props} />;
    case 'line':
      return <Type {...props} className={field.look === 'mono' ? 'figures-mono' : ''} />;
    case 'day':
      return <Type {...props} type="date" />;
    case 'number':
      return <Type {...props} inputMode="decimal" className="tabular-nums" />;
    case 'money':
      return <Type {...props} inputMode="decimal" className="figures-mono" />;
    case 'country':
      return <Type {...props} list={countryList} placeholder="Two letters, such as LU" />;
    case 'currency':
      return <Type {...props} list={currencyList} placeholder="Three letters, such as EUR" />;
  }
}

const yesNo: readonly Option[] = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
];

function Choose({ path, value, options, wiring, field, onChange }: Wired) {
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <select
      {...wiring}
      value={value}
      onChange={(event) => onChange(path, event.target.value)}
      className={`${CONTROL} h-9`}
    >
      <option value="">{isOptional(field) ? 'None' : 'Choose'}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
      {!isKnown && <option value={value}>Not in the list any more</option>}
    </select>
  );
}

/** Of many: the number of the record is typed, and the browser offers those that match. */
function Find({ path, value, options, wiring, onChange }: Wired) {
  const list = `${wiring.id}-list`;
  const chosen = options.find((option) => option.value === value);
  return (
    <>
      <input
        {...wiring}
        list={list}
        autoComplete="off"
        spellCheck={false}
        placeholder="Number or name"
        value={chosen?.label ?? value}
        onChange={({ target }) =>
          onChange(path, options.find(({ label }) => label === target.value)?.value ?? target.value)
        }
        className={`${CONTROL} h-9`}
      />
      <datalist id={list}>
        {options.map((option) => (
          <option key={option.value}>{option.label}</option>
        ))}
      </datalist>
    </>
  );
}

function Type({
  path,
  value,
  wiring,
  onChange,
  className = '',
  type = 'text',
  inputMode,
  list,
  placeholder,
}: Wired & {
  className?: string;
  type?: 'text' | 'date';
  inputMode?: 'decimal';
  list?: string;
  placeholder?: string;
}) {
  return (
    <input
      {...wiring}
      type={type}
      inputMode={inputMode}
      list={list}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(path, event.target.value)}
      className={`${CONTROL} h-9 ${className}`}
    />
  );
}
