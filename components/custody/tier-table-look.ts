/** How the small tables of the tiers page look. */
export const tableLook = {
  table: 'mt-1 w-full max-w-form text-sm',
  name: 'py-1 text-start font-normal whitespace-nowrap',
  end: 'py-1 ps-4 text-end font-normal tabular-nums',
} as const;
