import { Code } from '../ui/grouped.tsx';
import { Evidence } from '../ui/timeline.tsx';
import { GuestLink } from './guest-link.tsx';

/** How to try the sandbox without a link or a security key at hand. */
export function SandboxHints({
  hasColleagues,
}: {
  /** True where a sample administrator can invite whoever asks. */
  hasColleagues: boolean;
}) {
  return (
    <div className="flex flex-col gap-2">
      <Evidence label="No enrolment link at hand">
        {hasColleagues ? (
          <GuestLink />
        ) : (
          <p>
            This sandbox was started without a sample organisation.{' '}
            <Code>npm run founders -- --renew</Code> prints new links for founders who have not
            enrolled; later on an administrator invites people under Operators.
          </p>
        )}
      </Evidence>
      <Evidence label="No security key at hand">
        <ul className="list-disc space-y-2 ps-4">
          <li>
            <strong className="font-medium">A phone.</strong> Choose “use another device” in the
            browser’s window and scan the code. Its passkey is synced, which only a sandbox accepts.
          </li>
          <li>
            <strong className="font-medium">The browser’s own virtual authenticator.</strong> In
            Chromium open the developer tools, “More tools”, “WebAuthn”, switch it on and add an
            authenticator: protocol ctap2, with resident keys and user verification.
          </li>
          <li>
            <strong className="font-medium">Somebody else’s hands.</strong>{' '}
            <Code>npm run tour -- --headed</Code> plays everything in a browser window before your
            eyes.
          </li>
        </ul>
      </Evidence>
    </div>
  );
}
