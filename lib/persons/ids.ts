/** Pseudonymous ids of people. An operator's is the id by which the roster knows them. */
import { randomBytes } from 'node:crypto';
import { base32nopad } from '@scure/base';
import { z } from 'zod';

/** Of an operator, or of anybody else. */
export const anyPersonId = z.string().regex(/^(?:p-[a-z2-7]{10}|ps-[a-z2-7]{16})$/);

/** A new id for somebody who is no operator: 80 random bits, so that millions of them never meet. */
export const newPersonId = (): string => `ps-${base32nopad.encode(randomBytes(10)).toLowerCase()}`;
