'use client';

import {
  preparePackSignatureAction,
  submitPackSignatureAction,
} from '#lib/resilience/board/actions.ts';
import { decisionWords } from '#lib/resilience/board/decision-words.ts';
import { ActDialog, type Act } from '../clients/act-dialog.tsx';
import { pressKey } from '../operations/press-key.ts';
import { ChoiceField, TextAreaField } from '../ui/field.tsx';

/** The server prepares the statement, the key signs it, the server takes it. */
const signWithKey: Act = async (input) => {
  const prepared = await preparePackSignatureAction(input);
  if (!prepared.ok) return prepared;
  const press = await pressKey(prepared.value.options);
  if (!press.ok) return { ok: false, refusal: { code: 'key', sentence: press.sentence } };
  return submitPackSignatureAction({ nonce: prepared.value.nonce, assertion: press.assertion });
};

/** A member's decision about a pack, over its digest. */
export function SignPack({
  id,
  number,
  digest,
  isYours,
}: {
  id: string;
  number: string;
  digest: string;
  isYours: boolean;
}) {
  return (
    <ActDialog
      act={signWithKey}
      label="Sign with key"
      title={`Sign ${number}`}
      tone="primary"
      done="Sign with key"
      fixed={{ id }}
    >
      <ChoiceField
        label="What you decide"
        name="decision"
        options={Object.entries(decisionWords).map(([value, label]) => ({ value, label }))}
      />
      <TextAreaField
        label="Conditions"
        name="conditions"
        hint="Only for an approval with conditions. They can be erased later; their digest stays."
        rows={4}
        maxLength={4000}
      />
      <p className="text-sm text-text-quiet">
        You sign the pack as this page shows it, by its digest{' '}
        <span className="font-mono break-all">{digest}</span>. A signature stays.
        {isYours && ' You made this pack: another member has to approve it as well.'}
      </p>
    </ActDialog>
  );
}
