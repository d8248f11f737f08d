import { Notice } from '../ui/notice.tsx';

/** What every statement leaves out (MiCA Art 75(5) asks for the value of positions), said before one is sent. */
export function NoValueNote() {
  return (
    <Notice tone="caution" title="No value in EUR is stated.">
      No source of prices is on record for statements; each says so.
    </Notice>
  );
}
