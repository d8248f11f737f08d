import {
  findingWord,
  type FindingCode,
  type Weight,
} from '#lib/privacy/registers/finding-words.ts';
import { StatusMark } from '../ui/status-mark.tsx';

/** A finding in its words: a triangle is mended, a ring is looked at. */
export function FindingMark({ code, weight }: { code: FindingCode; weight: Weight }) {
  return weight === 'finding' ? (
    <StatusMark shape="triangle" tone="caution">
      {findingWord(code)}
    </StatusMark>
  ) : (
    <StatusMark shape="ring" tone="neutral">
      {findingWord(code)}
    </StatusMark>
  );
}
