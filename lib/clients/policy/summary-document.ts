/** The summary of the custody policy as the electronic document that clients get on request. Pure. */
export function summaryDocument({
  organisation,
  version,
  adoptedOn,
  summary,
}: {
  organisation: string;
  version: number;
  /** Day, as 2026-11-28. */
  adoptedOn: string;
  summary: string;
}): string {
  return [
    'SUMMARY OF THE CUSTODY POLICY',
    `${organisation}, version ${version}, adopted on ${adoptedOn}`,
    'Given to clients on request under Article 75(3) of Regulation (EU) 2023/1114.',
    '',
    summary,
    '',
  ].join('\n');
}
