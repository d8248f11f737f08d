const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** A count of people or things in words, up to ten. */
export const countWord = (count: number): string => words[count] ?? String(count);

/** "Two": the same at the start of a sentence. */
export function countWordFirst(count: number): string {
  const word = countWord(count);
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
