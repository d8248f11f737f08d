import Form from 'next/form';
import { codesOf, findingWord } from '#lib/privacy/registers/finding-words.ts';
import { riskCategories } from '#lib/resilience/kinds/risk-words.ts';
import { isPrivacyKind, type Kind, type PrivacyKind } from '#lib/resilience/records/kinds.ts';
import { optionsOf } from '../clients/complaint-form.tsx';
import { CheckField, SelectField, TextField } from '../ui/field.tsx';
import { FilterButtons } from '../ui/filter-buttons.tsx';
import { foundOptions } from './found-words.ts';
import { listPath } from './kind-address.ts';
import { dueChoices, listAddress, type ListAsked } from './list-query.ts';
import { dueWords, gradeWords, stateWords } from './standing-words.tsx';

/** What the days of a list are days of; a kind that is not here has none. */
const dayWords: Readonly<Partial<Record<Kind, string>>> = {
  test: 'Done',
  'plan-test': 'Held',
  finding: 'Found',
};

const any = { value: '', label: 'Any' };

/** Which records are shown. An ordinary form: its answer is the address of the page. */
export function ListFilterForm({ kind, asked }: { kind: Kind; asked: ListAsked }) {
  const address = listAddress(kind, asked);
  const states = stateWords[kind];
  const grades = gradeWords[kind];
  const due = dueWords[kind];
  const counted = foundOptions(kind);
  const missing = isPrivacyKind(kind) ? missingOptions(kind) : [];
  const days = dayWords[kind];
  return (
    <search className="screen-only mb-4 block">
      <Form
        key={address}
        action={listPath(kind)}
        className="grid grid-cols-1 items-end gap-x-4 gap-y-3 medium:grid-cols-2 wide:grid-cols-3 full:grid-cols-5"
      >
        <TextField
          label="Name or number"
          name="words"
          defaultValue={asked.words ?? ''}
          maxLength={100}
        />
        {states && (
          <SelectField
            label="State"
            name="state"
            defaultValue={asked.state ?? ''}
            options={[any, ...several(asked.state, states), ...optionsOf(states)]}
          />
        )}
        {grades && (
          <SelectField
            label={grades.name}
            name="grade"
            defaultValue={asked.grade ?? ''}
            options={[any, ...several(asked.grade, grades.words), ...optionsOf(grades.words)]}
          />
        )}
        {kind === 'risk' && (
          <SelectField
            label="Category"
            name="category"
            defaultValue={asked.category ?? ''}
            options={[any, ...optionsOf(riskCategories)]}
          />
        )}
        {due !== undefined && (
          <SelectField
            label={due}
            name="due"
            defaultValue={asked.due ?? ''}
            options={[{ value: '', label: 'Any day' }, ...optionsOf(dueChoices)]}
          />
        )}
        {counted.length > 0 && (
          <SelectField
            label="What figures count"
            name="found"
            defaultValue={asked.found ?? ''}
            options={[any, ...counted]}
          />
        )}
        {missing.length > 0 && (
          <SelectField
            label="What is missing"
            name="finding"
            defaultValue={asked.finding ?? ''}
            options={[any, { value: 'any', label: 'Anything' }, ...missing]}
          />
        )}
        {days !== undefined && (
          <>
            <TextField
              label={`${days} from`}
              name="from"
              type="date"
              defaultValue={asked.from ?? ''}
            />
            <TextField
              label={`${days} until`}
              name="until"
              type="date"
              defaultValue={asked.until ?? ''}
            />
          </>
        )}
        {kind === 'risk' && asked.rating !== undefined && (
          <input type="hidden" name="rating" value={asked.rating} />
        )}
        {asked.naming !== undefined && <input type="hidden" name="naming" value={asked.naming} />}
        {kind === 'risk' && (
          <CheckField
            label="Over the appetite only"
            name="over"
            value="yes"
            defaultChecked={asked.over === 'yes'}
          />
        )}
        <CheckField
          label="Retired ones"
          name="retired"
          value="yes"
          defaultChecked={asked.retired === 'yes'}
        />
        <FilterButtons isAsked={address !== listPath(kind)} all={listPath(kind)} />
      </Form>
    </search>
  );
}

/** What may be found in a register of data protection. */
const missingOptions = (kind: PrivacyKind) =>
  codesOf(kind).map((code) => ({ value: code, label: findingWord(code) }));

/** Several at once, as a link to this page may ask for. */
function several(asked: string | undefined, words: Readonly<Record<string, string>>) {
  if (asked === undefined || !asked.includes(',')) return [];
  const label = asked
    .split(',')
    .map((one) => words[one] ?? one)
    .join(' or ');
  return [{ value: asked, label }];
}
