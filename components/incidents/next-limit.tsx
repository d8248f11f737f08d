import { Countdown } from '../ui/countdown.tsx';
import { Time } from '../ui/time.tsx';
import { clockName } from './incident-words.ts';

const twoHoursMs = 7_200_000;

/** The time limit that ends first: what is left of it, and the minute at which it ends. */
export function NextLimit({
  due,
  serverNow,
}: {
  due: { clock: string; dueAt: string } | null;
  serverNow: string;
}) {
  if (due === null) return <span className="text-text-quiet">None runs</span>;
  return (
    <span className="block py-1 whitespace-nowrap">
      {clockName(due.clock)},{' '}
      <Countdown
        until={due.dueAt}
        serverNow={serverNow}
        cautionBelow={twoHoursMs}
        passed={<span className="font-medium text-danger">over</span>}
      />
      <span className="block text-sm text-text-quiet">
        <Time instant={due.dueAt} style="minute" />
      </span>
    </span>
  );
}
