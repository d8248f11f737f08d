import { Code } from '../ui/grouped.tsx';
import { TextLink } from '../ui/text-link.tsx';

/** The operation a journal was posted for, by the number people know it by; nothing where there is none. */
export function OperationLink({
  operation,
  number,
}: {
  operation: string | null;
  number: string | null;
}) {
  if (operation === null) return null;
  return (
    <TextLink href={`/operations/${operation}`}>
      <Code>{number ?? operation}</Code>
    </TextLink>
  );
}
