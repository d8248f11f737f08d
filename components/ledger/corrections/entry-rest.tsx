import type { EntryRest } from '#lib/operations/suspense-rest.ts';
import { TextLink } from '../../ui/text-link.tsx';
import { correctionPath } from './correction-words.ts';

/** What was given away already of what came in, and what waits for a second person; nothing where neither is. */
export function EntryRestLine({ rest }: { rest: EntryRest }) {
  const { amount, left, takenBy, waiting, waitingIn } = rest;
  const isAll = left === null && waiting === null;
  return (
    <>
      {takenBy.length > 0 && (
        <span className="block">
          {isAll ? 'Attributed by ' : 'Part of it was attributed by '}
          {takenBy.map((id, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <TextLink href={`/ledger/journals/${id}`}>journal {id}</TextLink>
            </span>
          ))}
        </span>
      )}
      {waiting !== null && (
        <span className="block">
          {waiting} of {amount} waits in{' '}
          {waitingIn.map(({ id, number }, place) => (
            <span key={id}>
              {place > 0 && ', '}
              <TextLink href={correctionPath(id)}>{number}</TextLink>
            </span>
          ))}
        </span>
      )}
    </>
  );
}
