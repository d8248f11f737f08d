'use client';

import { useState } from 'react';
import { TextField } from '../ui/field.tsx';
import { useNow } from '../ui/use-now.ts';

/**
 * When it was noticed. It begins with the minute at which the form was opened, not with that at which
 * the page was drawn: time limits run from what stands here.
 */
export function NoticedField({ serverNow }: { serverNow: string }) {
  const now = useNow(serverNow);
  const [opened] = useState(() => new Date(now).toISOString().slice(0, 16));
  return (
    <TextField
      label="Noticed at"
      name="detectedAt"
      type="datetime-local"
      hint="UTC. From this moment the firm is aware of it, and time limits may run."
      defaultValue={opened}
    />
  );
}
