import type { ReactNode } from 'react';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { TextLink } from '../ui/text-link.tsx';

export type TreeNode = {
  key: string;
  /** What it is, such as "Contract" or "Rank 2". */
  word: string;
  label: string;
  href: string | null;
  note?: string | undefined;
  children: readonly TreeNode[];
};

/** A picture of what hangs on what: an indented list, read the same by eye, by ear and on paper. */
export function Tree({ label, nodes }: { label: string; nodes: readonly TreeNode[] }) {
  return (
    <div className="rounded-md border border-line bg-surface px-4 py-2">
      <ScrollRegion label={label}>
        <Branches label={label} nodes={nodes} isTop />
      </ScrollRegion>
    </div>
  );
}

function Branches({
  label,
  nodes,
  isTop = false,
}: {
  label?: string;
  nodes: readonly TreeNode[];
  isTop?: boolean;
}): ReactNode {
  return (
    <ul aria-label={label} className={isTop ? '' : 'ms-1.5 border-s border-line-strong ps-4'}>
      {nodes.map((node) => (
        <li key={node.key}>
          <div className="flex min-h-7 flex-wrap items-baseline gap-x-2 py-1">
            <span className="text-sm whitespace-nowrap text-text-quiet">{node.word}</span>
            <bdi className="font-medium">
              {node.href === null ? (
                node.label
              ) : (
                <TextLink look="plain" href={node.href}>
                  {node.label}
                </TextLink>
              )}
            </bdi>
            {node.note !== undefined && (
              <span className="text-sm text-text-quiet">{node.note}</span>
            )}
          </div>
          {node.children.length > 0 && <Branches nodes={node.children} />}
        </li>
      ))}
    </ul>
  );
}
