/** What every intent says. */
import { z } from 'zod';
import { environment, instant, operationId, slug } from './scalars.ts';

export const intentCommon = {
  type: z.literal('countersign/intent/v1'),
  organisation: slug,
  environment,
  operation: operationId,
  /** Nobody may act on the intent after this instant. */
  notAfter: instant,
} as const;
