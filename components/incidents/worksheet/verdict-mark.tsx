import { StatusMark } from '../../ui/status-mark.tsx';
import { verdictWord } from './result-words.ts';

/** Met, not met or not known, as a word and a shape. */
export const VerdictMark = ({ met }: { met: boolean | null }) => (
  <StatusMark
    shape={met === null ? 'ring' : met ? 'dot' : 'square'}
    tone={met === true ? 'neutral' : 'quiet'}
  >
    <span className="whitespace-nowrap">{verdictWord(met)}</span>
  </StatusMark>
);
