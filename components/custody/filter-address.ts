import type { DestinationFilter } from '#lib/operations/destination-filter.ts';

/** Whether anything but the whole list is asked for. */
export const isFiltered = ({ after: _after, ...asked }: DestinationFilter): boolean =>
  Object.values(asked).some((value) => value !== null);

/** Address of a page of the list under the same filter. @param after where it begins */
export function filterAddress(filter: DestinationFilter, after: string | null): string {
  const { client, address, asset, chain, class: kind, standing } = filter;
  const wanted = Object.entries({
    client,
    address,
    asset: asset === null || chain === null ? null : `${asset} ${chain}`,
    class: kind,
    standing,
    after,
  }).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  const query = new URLSearchParams(wanted).toString();
  return query === '' ? '/destinations' : `/destinations?${query}`;
}
