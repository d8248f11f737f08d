'use client';

import { useId, useState } from 'react';
import { CONTROL, FieldFrame, fieldWiring } from '../../ui/field-frame.tsx';
import { TextField } from '../../ui/field.tsx';
import { sha256Of } from './sha256-of.ts';

const hint = 'Its digest is taken in this browser. The file itself goes nowhere.';

/** The package that was sent: its digest stands there, and the file can be held against it. */
export function DigestField({
  approved,
}: {
  /** Digest of the package that was approved, which is what is sent. */
  approved: string;
}) {
  const id = useId();
  const [digest, setDigest] = useState(approved);
  const differs = digest !== '' && digest !== approved;

  async function take(file: File | undefined) {
    if (file) setDigest(await sha256Of(file));
  }

  return (
    <>
      <FieldFrame id={id} label="File that was sent" hint={hint}>
        <input
          {...fieldWiring(id, { hint })}
          type="file"
          onChange={(event) => void take(event.target.files?.[0])}
          className={`${CONTROL} py-1.5 file:me-3 file:font-medium`}
        />
      </FieldFrame>
      <TextField
        label="SHA-256 of what was sent"
        name="digest"
        look="mono"
        maxLength={64}
        value={digest}
        onChange={(event) => setDigest(event.target.value.trim().toLowerCase())}
        {...(differs && { error: 'This is not the package that was approved.' })}
      />
    </>
  );
}
