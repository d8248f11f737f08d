'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import { saveDraftAction } from '#lib/operations/policy/actions.ts';
import { draftTooLong } from '#lib/operations/policy/draft-size.ts';
import type { SaveConflict } from '#lib/operations/policy/save-draft.ts';
import type { DraftView } from '#lib/operations/policy/view-draft.ts';
import { noAnswer } from '../../ui/key-problem.ts';
import { formOf, type PolicyForm } from '../form/policy-form.ts';
import { readPolicy, type PolicyFaults, type PolicyReading } from '../form/read-policy.ts';
import type { Edit } from './rule-card.tsx';

export type SaveState =
  | { what: 'idle' }
  | { what: 'saving' }
  | { what: 'refused'; sentence: string }
  | { what: 'conflict'; conflict: SaveConflict };

export type DraftState = {
  form: PolicyForm;
  edit: Edit;
  reading: PolicyReading;
  faults: PolicyFaults;
  isDirty: boolean;
  /** ISO instant and revision of what the server holds. */
  saved: { at: string; by: string; revision: number };
  /** The version in force that what was saved last was written over. */
  baseVersion: number;
  save: SaveState;
  /** @returns whether what stands in the form is on the server now. */
  saveNow: (over?: { revision?: number; baseVersion?: number }) => Promise<boolean>;
  /** Takes back everything since the last save. */
  undo: () => void;
  /** Brings back what was undone last; null once there is nothing, or something was typed since. */
  redo: (() => void) | null;
};

const noFaults: PolicyFaults = { rules: {}, fields: {} };

/** A draft while it is edited: what was typed, what is saved, and the way from one to the other. */
export function useDraft(draft: DraftView, me: string): DraftState {
  const [form, setForm] = useState(() => formOf(draft.policy));
  const [kept, setKept] = useState(form);
  const [undone, setUndone] = useState<PolicyForm | null>(null);
  const [saved, setSaved] = useState<DraftState['saved']>({
    at: draft.updatedAt,
    by: draft.updatedBy.name,
    revision: draft.revision,
  });
  const [baseVersion, setBaseVersion] = useState(draft.baseVersion);
  const [save, setSave] = useState<SaveState>({ what: 'idle' });
  const busy = useRef(false);
  const reading = useMemo(() => readPolicy(form, draft.policy), [form, draft.policy]);
  const isDirty = useMemo(
    () => form !== kept && JSON.stringify(form) !== JSON.stringify(kept),
    [form, kept],
  );
  const edit = useCallback<Edit>((change) => {
    setForm(change);
    setUndone(null);
  }, []);

  async function send(over: { revision?: number; baseVersion?: number }): Promise<boolean> {
    if (!reading.ok) {
      setSave({
        what: 'refused',
        sentence: 'Some fields are not filled in yet. Nothing was saved.',
      });
      return false;
    }
    const document = JSON.stringify(reading.policy);
    const tooLong = draftTooLong({ text: document, policy: reading.policy });
    if (tooLong) {
      setSave({ what: 'refused', sentence: tooLong });
      return false;
    }
    setSave({ what: 'saving' });
    const base = over.baseVersion ?? baseVersion;
    const answer = await saveDraftAction({
      id: draft.id,
      revision: over.revision ?? saved.revision,
      baseVersion: base,
      document,
    });
    if (!answer.ok) {
      setSave({ what: 'refused', sentence: answer.refusal.sentence });
      return false;
    }
    if (answer.value.outcome === 'conflict') {
      setSave({ what: 'conflict', conflict: answer.value });
      return false;
    }
    setKept(form);
    setBaseVersion(base);
    setSaved({ at: answer.value.updatedAt, by: me, revision: answer.value.revision });
    setSave({ what: 'idle' });
    return true;
  }

  async function saveNow(over: { revision?: number; baseVersion?: number } = {}) {
    if (busy.current) return false;
    busy.current = true;
    try {
      return await send(over);
    } catch {
      setSave({ what: 'refused', sentence: noAnswer });
      return false;
    } finally {
      busy.current = false;
    }
  }

  return {
    form,
    edit,
    reading,
    faults: reading.ok ? noFaults : reading.faults,
    isDirty,
    saved,
    baseVersion,
    save,
    saveNow,
    undo: () => {
      setUndone(form);
      setForm(kept);
      setSave({ what: 'idle' });
    },
    redo:
      undone &&
      (() => {
        setForm(undone);
        setUndone(null);
      }),
  };
}
