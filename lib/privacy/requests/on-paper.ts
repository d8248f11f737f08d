/** What was asked electronically is answered electronically, unless there is a reason (Art 12(3), 15(3)). Pure. */
import { refuse, type Refused } from '#lib/platform/result.ts';
import type { EventFacts } from './event.ts';
import type { Channel, DispatchChannel } from './life.ts';

/** Why an answer went by post or was handed over all the same. */
export const paperReasons = {
  asked: 'The person asked for it',
  'not-safe': 'No electronic way to the person is safe',
  failed: 'It could not be delivered electronically',
} as const;
export type PaperReason = keyof typeof paperReasons;

const electronic: ReadonlySet<Channel> = new Set(['email', 'form']);
const onPaper: ReadonlySet<DispatchChannel> = new Set(['post', 'in-person']);

/** Whether it was made in electronic form. */
export const isElectronicRequest = ({
  channel,
  isElectronic,
}: Pick<EventFacts<'opened'>, 'channel' | 'isElectronic'>): boolean =>
  isElectronic || electronic.has(channel);

export const goesOnPaper = (channel: DispatchChannel): boolean => onPaper.has(channel);

/** The refusal of an answer on paper to an electronic request of which nobody says why; and of a reason that fits nothing. */
export function findPaperFault(
  opening: Pick<EventFacts<'opened'>, 'channel' | 'isElectronic'>,
  { channel, onPaper: reason }: Pick<EventFacts<'fulfilled'>, 'channel' | 'onPaper'>,
): Refused<'not-electronic' | 'moved'> | null {
  const needsReason = isElectronicRequest(opening) && goesOnPaper(channel);
  if (needsReason === (reason !== undefined)) return null;
  return needsReason
    ? refuse(
        'not-electronic',
        'It was asked for electronically, so it is answered electronically unless the person asked otherwise (Art 12(3), 15(3)). Say why it went on paper.',
      )
    : refuse('moved', 'It did not go on paper, or was not asked for electronically.');
}
