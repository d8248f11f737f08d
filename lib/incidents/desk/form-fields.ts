/** Fields that forms about incidents share. */
import { z } from 'zod';
import { seenEvent } from './seen.ts';

/** In lower case, as the database writes it: locks name an incident by its text. */
export const incidentField = z.uuid('This incident is not known.').toLowerCase();
/** Which incident, and the number of its last event that was seen. */
export const about = { id: incidentField, seen: seenEvent };
/** A person; an empty field is nobody. */
export const maybePerson = z
  .literal('')
  .transform(() => null)
  .or(z.string().regex(/^p-[a-z0-9]{10}$/, 'Choose a person.'));
export const taskField = z
  .string()
  .regex(/^\d{1,4}$/, 'Choose a task.')
  .transform(Number);
