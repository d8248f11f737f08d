import type { Prisma } from './generated/client.ts';

/** A checked document as a value for a JSON column. The text is what would be sent anyway. */
export const asJson = (document: object): Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(document)) as Prisma.InputJsonObject;
