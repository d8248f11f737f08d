/** What follows the `?` in a page's address, as Next hands it to the page. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

/** The one value of a parameter; null when it is missing or stands there more than once. */
export const oneOf = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** What an address asks for: one text for each parameter; null for one that stands there more than once. */
export type Asked = Readonly<Record<string, string | null>>;

/** Every parameter of a page's address with its one value. */
export const askedIn = (given: Awaited<SearchParams>): Asked =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, oneOf(value)]));

/** The same of a request. */
export function askedBy(request: Request): Asked {
  const given = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(given.keys())].map((name) => {
      const values = given.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? null) : null];
    }),
  );
}

/** Those of these parameters that were filled in: as a form is filled and an address is written. */
export const filledIn = <Name extends string>(
  names: readonly Name[],
  asked: Asked,
): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = asked[name] ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  ) as Partial<Record<Name, string>>;

/** What somebody asked for, as a sentence may repeat it: short, and in plain characters. */
export const repeated = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 40);
