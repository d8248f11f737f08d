/** Texts that an erasure leaves as they are, with the reason that the person is told. Pure. */

const kept: Readonly<Record<string, string>> = {
  incident_submission:
    'A report that was sent to the authority stays as it was sent: Article 17(3)(b) GDPR with Article 19 of Regulation (EU) 2022/2554.',
};

/** Why texts of a table stay; null where somebody's data go from them. */
export const whyKept = (table: string): string | null => kept[table] ?? null;
