import { z } from 'zod';

/** The number of an attempt as a form holds it. */
export const typedAttempt = z
  .string()
  .regex(/^[1-9]\d{0,2}$/u)
  .transform(Number)
  .pipe(z.int().max(100));
