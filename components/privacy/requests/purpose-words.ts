/** Purposes of an objection that is granted in part, as a decision names them. Pure. */
type Purposes = readonly { key: string; label: string }[];

/** Keys of those that are not named as stopping. */
export const keptBeside = (purposes: Purposes, stops: readonly string[]): string[] =>
  purposes.map(({ key }) => key).filter((key) => !stops.includes(key));

/** What they are called; one that the record has no more is said to have changed. */
export const labelsOf = (purposes: Purposes, keys: readonly string[]): string =>
  keys.length === 0
    ? 'None of them'
    : keys
        .map((key) => purposes.find((one) => one.key === key)?.label ?? 'One that changed since')
        .join('; ');
