const WORDS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine'];

/** A count at the start of a sentence, in words up to nine. */
export const wordFor = (count: number): string => WORDS[count] ?? String(count);

/** "1 open operation", "7 open operations"; `many` where the plural is not made with an s. */
export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
