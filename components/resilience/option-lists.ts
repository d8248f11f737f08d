/** What fields that name records or people offer. Made once for each list that the server gave. Pure. */
import type { Choices } from '#lib/resilience/records/list-choices.ts';
import type { Option } from './leaf-control.tsx';

const none: readonly Option[] = [];
const made = new WeakMap<readonly object[], readonly Option[]>();

function once<T extends object>(list: readonly T[], word: (one: T) => Option): readonly Option[] {
  const known = made.get(list);
  if (known) return known;
  const options = list.map(word);
  made.set(list, options);
  return options;
}

export function optionsFor(
  { records, people }: Choices,
  field: { control: string; kind?: keyof Choices['records'] },
): readonly Option[] {
  if (field.control === 'person')
    return once(people, ({ id, name }) => ({ value: id, label: name }));
  const list = field.kind === undefined ? undefined : records[field.kind];
  return list
    ? once(list, ({ id, number, name }) => ({
        value: id,
        label: name === '' ? number : `${name} · ${number}`,
      }))
    : none;
}
