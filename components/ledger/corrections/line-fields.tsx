import { Button } from '../../ui/button.tsx';
import { CONTROL } from '../../ui/field-frame.tsx';
import type { FormLine } from './typed-sums.ts';

type Field = 'account' | 'debit' | 'credit';

/** The fields of one line: its account, and an amount on one of the two sides. */
export function LineFields({
  line,
  index,
  options,
  change,
  remove,
}: {
  line: FormLine;
  index: number;
  /** Id of the list of account names. */
  options: string;
  change: (field: Field, text: string) => void;
  /** Null where the line can't go, because two must stay. */
  remove: (() => void) | null;
}) {
  const field = (name: Field, label: string, list?: string) => (
    <label className="block min-w-0">
      <span className="mb-1 block text-sm text-text-quiet">{label}</span>
      <input
        aria-label={`Line ${index + 1}: ${label.toLowerCase()}`}
        autoComplete="off"
        spellCheck={false}
        value={line[name]}
        list={list}
        maxLength={name === 'account' ? 120 : 90}
        inputMode={name === 'account' ? 'text' : 'decimal'}
        onChange={(event) => change(name, event.currentTarget.value)}
        className={`${CONTROL} h-9 figures-mono ${name === 'account' ? '' : 'text-end'}`}
      />
    </label>
  );
  return (
    <fieldset className="grid grid-cols-2 items-end gap-x-3 gap-y-2 px-4 py-3 medium:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]">
      <legend className="sr-only">{`Line ${index + 1}`}</legend>
      <div className="col-span-2 medium:col-span-1">{field('account', 'Account', options)}</div>
      {field('debit', 'Debit')}
      {field('credit', 'Credit')}
      {remove && (
        <Button
          size="small"
          tone="quiet"
          className="col-span-2 justify-self-start medium:col-span-1 medium:mb-1"
          onClick={remove}
          aria-label={`Remove line ${index + 1}`}
        >
          Remove
        </Button>
      )}
    </fieldset>
  );
}
