/** Does at a party's pages what its script does in a browser, with the software keys of a test. */
import type { SoftwareAssertion } from '#lib/protocol/software-authenticator.ts';
import type { KeyRequest } from '../party/origin/prepare.ts';
import type { Name, Organisation } from './organisation.ts';

/** One key press over what the page asked for, at the address of a page. */
export function pressAt(
  { keys }: Pick<Organisation, 'keys'>,
  name: Name,
  request: KeyRequest,
  origin: string,
): SoftwareAssertion {
  const { challenge, rpId } = request;
  return keys[name].assert({ challenge, origin, rpId });
}
