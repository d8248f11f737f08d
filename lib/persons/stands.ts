import { Prisma } from '#lib/platform/db/generated/client.ts';

/**
 * Of `person_restriction r`: whether it stands (Art 18 GDPR). One that was lifted stands until the worker has found the keys
 * of the lifting, since whoever has the web server can write a lifting in people's names.
 */
export const stands = Prisma.sql`(r.lifted_at is null or not exists (select from privacy_lifting_proof p
  where p.what = 'restriction' and p.subject = r.id))`;
