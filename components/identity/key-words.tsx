/** A key's fingerprint as words, in one line, to be read out and compared in person. */
export function KeyWords({
  words,
  of = 'the key',
}: {
  words: readonly string[];
  /** Whose they are, for people who listen. */
  of?: string;
}) {
  return (
    <ol
      translate="no"
      aria-label={`Fingerprint words of ${of}`}
      className="figures-mono flex flex-wrap gap-x-[1.2ch] gap-y-0.5 font-medium text-text"
    >
      {words.map((word, index) => (
        <li key={index}>{word}</li>
      ))}
    </ol>
  );
}
