/** What the database takes of one report or notification: versions of its draft, and bytes of the values in one. Pure. */
export const draftBounds = { versions: 500, bytes: 1_048_576 } as const;
