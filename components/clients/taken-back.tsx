import type { TakenBack } from '#lib/clients/outcomes/taken-back.ts';
import { Notice } from '../ui/notice.tsx';
import { StatusMark } from '../ui/status-mark.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** The journal that handed something out. */
export const JournalLink = ({ journal }: { journal: string }) => (
  <TextLink href={`/ledger/journals/${journal}`}>Journal {journal}</TextLink>
);

const Named = ({ journal }: { journal: string }) => (
  <TextLink href={`/ledger/journals/${journal}`}>journal {journal}</TextLink>
);

const Reversed = ({ paid, journal, by }: { paid: string } & TakenBack) => (
  <>
    {paid} <Named journal={journal} />, reversed by <Named journal={by} />
  </>
);

/** One outcome that no longer stands. @param paid what the journal did, such as "Paid by". */
export const TakenBackMark = (of: { paid: string } & TakenBack) => (
  <StatusMark shape="triangle" tone="danger">
    <Reversed {...of} />
  </StatusMark>
);

/** Says above a case that what was noted as paid was taken back, and how it is put right. */
export function TakenBackNotice({ takenBack }: { takenBack: readonly TakenBack[] }) {
  if (takenBack.length === 0) return null;
  return (
    <Notice tone="danger" title="What was paid was taken back.">
      {takenBack.map((of, place) => (
        <span key={of.journal}>
          {place > 0 && ' '}
          <Reversed paid="Paid by" {...of} />.
        </span>
      ))}{' '}
      It is owed until a correction of the reversal credits the same accounts again; this entry then
      stands as before.
    </Notice>
  );
}
