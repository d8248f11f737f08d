import { Hash } from '../../ui/grouped.tsx';

/** The digest of the document for two people who compare it: its words, and how it begins. */
export const DigestLine = ({ digest, words }: { digest: string; words: readonly string[] }) => (
  <p>
    <span className="font-medium">{words.join(' ')}</span>{' '}
    <span className="text-sm">
      <Hash value={digest} groups={4} />
    </span>
  </p>
);
