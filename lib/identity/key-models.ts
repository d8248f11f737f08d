/**
 * Names of authenticator models by AAGUID, for people to recognise what they hold. A name proves
 * nothing: only an attestation checked in production does. Names are those of the community list
 * (passkey-authenticator-aaguids) and of the makers.
 */
import { softwareAaguid } from '#lib/protocol/software-authenticator.ts';

const names: ReadonlyMap<string, string> = new Map([
  [softwareAaguid, 'Sandbox software key'],
  ['01020304-0506-0708-0102-030405060708', 'Virtual authenticator of Chromium'],
  ['fbfc3007-154e-4ecc-8c0b-6e020557d7bd', 'Apple Passwords'],
  ['dd4ec289-e01d-41c9-bb89-70fa845d4bf2', 'iCloud Keychain (managed)'],
  ['ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4', 'Google Password Manager'],
  ['d3452668-01fd-4c12-926c-83a4204853aa', 'Microsoft Password Manager'],
  ['53414d53-554e-4700-0000-000000000000', 'Samsung Pass'],
  ['adce0002-35bc-c60a-648b-0b25f1f05503', 'Chrome on Mac'],
  ['771b48fd-d3d4-4f74-9232-fc157ab0507a', 'Edge on Mac'],
  ['08987058-cadc-4b81-b6e1-30de50dcbe96', 'Windows Hello'],
  ['9ddd1817-af5a-4672-a2b9-3e3dd95000a9', 'Windows Hello'],
  ['6028b017-b1d4-4c02-b4b3-afcdafc96bb2', 'Windows Hello'],
  ['bada5566-a7aa-401f-bd96-45619a55120d', '1Password'],
  ['d548826e-79b4-db40-a3d8-11116f7e8349', 'Bitwarden'],
  ['531126d6-e717-415c-9320-3d9aa6981239', 'Dashlane'],
  ['50726f74-6f6e-5061-7373-50726f746f6e', 'Proton Pass'],
  ['fdb141b2-5d84-443e-8a35-4698c205a502', 'KeePassXC'],
  ['2fc0579f-8113-47ea-b116-bb5a8db9202a', 'YubiKey 5 Series with NFC'],
]);

const unsaid = '00000000-0000-0000-0000-000000000000';

/** What to call a model: its name, or that it did not say or is not on the list. */
export function modelName(aaguid: string): string {
  if (aaguid === unsaid) return 'Model not disclosed';
  return names.get(aaguid) ?? 'Model not on our list';
}
