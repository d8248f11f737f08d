'use client';

import { useState } from 'react';
import { TextField } from '../../ui/field.tsx';
import { useNow } from '../../ui/use-now.ts';

/** When something happened. It begins with the minute at which the form was opened. */
export function NowField({
  label,
  name,
  hint = 'UTC',
  serverNow,
}: {
  label: string;
  name: string;
  hint?: string;
  /** ISO instant by the server's clock. */
  serverNow: string;
}) {
  const now = useNow(serverNow);
  const [opened] = useState(() => new Date(now).toISOString().slice(0, 16));
  return (
    <TextField label={label} name={name} type="datetime-local" hint={hint} defaultValue={opened} />
  );
}
