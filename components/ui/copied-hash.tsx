import { CopyButton } from './copy-button.tsx';
import { Hash } from './grouped.tsx';

/** A value that people compare and take elsewhere, with the button that copies it. */
export function CopiedHash({ value, what }: { value: string; what: string }) {
  return (
    <span className="flex flex-wrap items-start justify-between gap-x-4">
      <Hash value={value} />
      <CopyButton text={value} what={what} />
    </span>
  );
}
