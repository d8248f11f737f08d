import { CopyButton } from '../ui/copy-button.tsx';

/** A document exactly as it was signed or received, to be read in place or copied whole. */
export function RawText({ title, text, what }: { title: string; text: string; what: string }) {
  return (
    <div className="not-first:mt-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="font-medium">{title}</span>
        <CopyButton text={text} what={what} />
      </div>
      <pre translate="no" className="mt-1 figures-mono break-all whitespace-pre-wrap">
        {text}
      </pre>
    </div>
  );
}
