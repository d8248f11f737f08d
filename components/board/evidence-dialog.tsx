'use client';

import {
  prepareBoardEvidenceAction,
  submitBoardEvidenceAction,
} from '#lib/resilience/board/actions.ts';
import { recordedDuties } from '#lib/resilience/board/board-duties.ts';
import { decisionWords } from '#lib/resilience/board/decision-words.ts';
import { ActDialog, type Act } from '../clients/act-dialog.tsx';
import { pressKey } from '../operations/press-key.ts';
import { ChoiceField, SelectField, TextAreaField, TextField } from '../ui/field.tsx';

type Person = { id: string; name: string; isMember: boolean };

/** The server prepares the statement, the key signs it, the server takes it. */
const signWithKey: Act = async (input) => {
  const prepared = await prepareBoardEvidenceAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitBoardEvidenceAction({ nonce: prepared.value.nonce, assertion: press.assertion });
};

/** What the board decided about a document, signed by a member who was present and did not write it. */
export function EvidenceDialog({ people, today }: { people: readonly Person[]; today: string }) {
  const members = people.filter(({ isMember }) => isMember);
  return (
    <ActDialog
      act={signWithKey}
      label="Sign evidence"
      title="Evidence of a duty"
      tone="primary"
      done="Sign with key"
    >
      <SelectField
        label="Duty"
        name="duty"
        placeholder="Choose the duty"
        options={recordedDuties.map(({ id, article, what }) => ({
          value: id,
          label: `${article}: ${what}`,
        }))}
      />
      <TextField
        label="Document"
        name="title"
        hint="Its title stays on record: no names of people."
        maxLength={200}
      />
      <TextField label="Version" name="version" maxLength={60} />
      <TextField
        label="SHA-256"
        name="sha256"
        look="mono"
        hint="Of the file: 64 hexadecimal digits."
        maxLength={64}
      />
      <TextField label="Decided on" name="decidedOn" type="date" defaultValue={today} max={today} />
      <ChoiceField
        label="What was decided"
        name="decision"
        options={Object.entries(decisionWords).map(([value, label]) => ({ value, label }))}
      />
      <TextAreaField
        label="Conditions"
        name="conditions"
        hint="Only for an approval with conditions."
        rows={3}
        maxLength={4000}
      />
      <Present members={members} />
      <SelectField
        label="Written by"
        name="author"
        defaultValue=""
        options={[
          { value: '', label: 'Somebody outside the console' },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        hint="Whoever wrote it doesn’t sign it off."
      />
    </ActDialog>
  );
}

const Present = ({ members }: { members: readonly Person[] }) => (
  <fieldset>
    <legend className="mb-1 font-medium">Present</legend>
    {members.map(({ id, name }) => (
      <label key={id} className="flex min-h-7 items-center gap-2">
        <input
          type="checkbox"
          name="members"
          value={id}
          defaultChecked
          className="size-4 shrink-0 accent-accent"
        />
        <bdi>{name}</bdi>
      </label>
    ))}
  </fieldset>
);
