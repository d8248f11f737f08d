import { standingWords, type PackStanding } from '#lib/resilience/board/decision-words.ts';
import { StatusMark } from '../ui/status-mark.tsx';

const looks = {
  approved: { shape: 'square', tone: 'good' },
  signed: { shape: 'dot', tone: 'neutral' },
  waiting: { shape: 'ring', tone: 'caution' },
} as const;

/** How a pack stands, as word and shape. */
export function PackStandingMark({ standing }: { standing: PackStanding }) {
  return <StatusMark {...looks[standing]}>{standingWords[standing]}</StatusMark>;
}
