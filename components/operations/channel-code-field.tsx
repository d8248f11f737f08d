'use client';

import { TextField } from '../ui/field.tsx';
import { useOperation } from './operation-live.tsx';
import { PartyPageLink } from './party-page-link.tsx';

/** The code of the second channel, as the person read it at the party's own page. */
export function ChannelCodeField({
  value,
  error,
  onChange,
}: {
  value: string;
  error: string | null;
  onChange: (typed: string) => void;
}) {
  const { live, partyPages } = useOperation();
  const { codeFrom } = live;
  const page = codeFrom === null ? undefined : partyPages[codeFrom];
  return (
    <TextField
      label={codeFrom === null ? 'Code of the second channel' : `Code from party ${codeFrom}`}
      name="channel-code"
      look="mono"
      maxLength={40}
      value={value}
      error={error ?? undefined}
      onChange={({ target }) => onChange(target.value)}
      hint={
        <>
          {page === undefined ? (
            'Open the page of your group’s own party'
          ) : (
            <PartyPageLink address={page}>Open the party’s own page</PartyPageLink>
          )}
          , compare what it reads with this one, press your key there, and type the code it shows
          you. The console cannot know the code; the party checks it.
        </>
      }
    />
  );
}
