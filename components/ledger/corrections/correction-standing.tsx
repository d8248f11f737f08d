import type { CorrectionStanding } from '#lib/reconciliation/corrections/correction-row.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import { standingWords } from './correction-words.ts';

/** Where a correction stands, as shape and words. */
export function CorrectionStandingMark({ standing }: { standing: CorrectionStanding }) {
  const { shape, tone, words } = standingWords(standing);
  return (
    <StatusMark shape={shape} tone={tone ?? 'quiet'}>
      {words}
    </StatusMark>
  );
}
