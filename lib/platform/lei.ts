/** A Legal Entity Identifier as ISO 17442 writes it: 18 characters, then 2 check digits. */
const LEI = /^[0-9A-Z]{18}[0-9]{2}$/;

/**
 * Says whether a text is a Legal Entity Identifier with the right check digits (ISO 17442, which
 * takes them from ISO 7064 MOD 97-10: letters count as 10 to 35, the whole number leaves 1 when
 * divided by 97). Small letters and spaces are not forgiven: what is sent must be what is written.
 */
export function isLei(text: string): boolean {
  if (!LEI.test(text)) return false;
  // Check digits run from 02 to 98; 00, 01 and 99 leave the same remainder as 97, 98 and 02.
  const check = Number(text.slice(18));
  return check >= 2 && check <= 98 && remainderOf(text) === 1;
}

function remainderOf(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder;
}
