/** What follows the `?` in a page's address, as Next hands it to the page. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The one value of a parameter; null when it is missing or stands there more than once. */
export const oneOf = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value : null;
