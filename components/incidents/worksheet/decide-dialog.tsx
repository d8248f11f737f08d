import { classifyIncidentAction } from '#lib/incidents/actions.ts';
import type { WorksheetView } from '#lib/incidents/worksheet/view-worksheet.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { ChoiceField, TextAreaField, type SelectOption } from '../../ui/field.tsx';
import { resultWords } from './result-words.ts';

/** What may be decided now. The server says the same once more. */
function verdictsOf(view: WorksheetView): SelectOption[] {
  const { isMet } = resultWords(view.assessment);
  const word = view.sort === 'threat' ? 'significant' : 'major';
  if (view.class === 'major')
    return isMet || !view.can.reclassify
      ? []
      : [
          {
            value: 'reclassified',
            label: `It never was ${word}: at no time were the criteria met`,
          },
        ];
  return [
    { value: 'major', label: view.sort === 'threat' ? 'Significant' : 'Major' },
    ...(isMet || view.class !== 'open'
      ? []
      : [{ value: 'not-major', label: view.sort === 'threat' ? 'Not significant' : 'Not major' }]),
  ];
}

/** A person decides on the facts as they stand. */
export function DecideDialog({ view }: { view: WorksheetView }) {
  const options = verdictsOf(view);
  const [only] = options;
  if (!view.can.classify || only === undefined) return null;
  const { isMet, sentence } = resultWords(view.assessment);
  const isBack = view.class === 'major';
  const word = view.sort === 'threat' ? 'significant' : 'major';
  return (
    <ActDialog
      act={classifyIncidentAction}
      label={isBack ? 'Reclassify' : 'Decide'}
      title={isBack ? `Say that it never was ${word}` : `Is ${view.number} ${word}?`}
      tone={isMet && !isBack ? 'primary' : 'secondary'}
      done={isBack ? 'Reclassify' : 'Record the decision'}
      fixed={{ id: view.id, seen: String(view.seq) }}
    >
      <p>By the facts: {sentence}</p>
      {isBack ? (
        <p>
          For an incident that at no time met the criteria. That it was {word} stays on record, time
          limits stop, and the authority is told with the reasons (ITS 2025/302, Art 5).
        </p>
      ) : (
        <p>
          {view.sort === 'threat'
            ? 'The moment of this decision stays on record. It can’t be put back.'
            : 'The moment of this decision is when the incident counts as classified. If it is major, the clock starts then: 4 hours for the initial notification. It can’t be put back.'}
        </p>
      )}
      <ChoiceField
        label="What do you decide?"
        name="verdict"
        options={options}
        {...(options.length === 1 ? { defaultValue: only.value } : {})}
        {...(isMet || isBack
          ? {}
          : { hint: 'You may be more careful than the worksheet, never less.' })}
      />
      <TextAreaField
        label="Reasons"
        name="reasons"
        hint="What decided it, and what was weighed. Names of clients do not belong here."
        rows={4}
        maxLength={4000}
      />
    </ActDialog>
  );
}
