/** A `numeric(78,0)` column as the integer it is; Prisma hands it over as a decimal object. */
export const unitsOf = (column: { toFixed(decimals: number): string }): bigint =>
  BigInt(column.toFixed(0));
