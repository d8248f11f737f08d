/** Host names and addresses that lead to the machine itself. */

const NAMES = /^(?:.+\.)?localhost$/;
const ADDRESSES =
  /^(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[?::1?\]?|\[?::ffff:(?:7f[\da-f]{2}:[\da-f]{1,4}|127(?:\.\d{1,3}){3}|0:0)\]?)$/;

/** @param host as `URL.hostname` has it; upper case and a dot at the end change nothing */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return NAMES.test(name) || ADDRESSES.test(name);
}
