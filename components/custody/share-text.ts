/** Hundredths of a percent as people read them: "96.50 %". */
export function shareText(share: number | null): string {
  if (share === null) return 'none';
  return `${Math.floor(share / 100)}.${String(share % 100).padStart(2, '0')} %`;
}
