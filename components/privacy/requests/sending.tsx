import { useId } from 'react';

/** How much has gone; then the server reads it, which takes a moment. */
export function Sending({ share }: { share: number }) {
  const id = useId();
  return (
    <div className="text-sm text-text-quiet">
      <label htmlFor={id}>{share < 1 ? 'Sending' : 'Sent. It is read and sealed.'}</label>
      <progress id={id} max={1} value={share} className="mt-1 block h-1.5 w-full accent-accent" />
    </div>
  );
}
