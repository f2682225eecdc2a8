import type { ReactNode } from "react";
import { cn } from "../ui/cn";

export type PaneSectionProps = { title: string; aside?: ReactNode; mono?: boolean; children: ReactNode };

/** One part of the live pane: what it is about at the left, a fact about it at the right. */
export function PaneSection({ title, aside, mono, children }: PaneSectionProps) {
  return (
    <section aria-label={title} className="grid min-w-0 gap-2 py-4">
      <div className="flex items-baseline gap-2">
        <h2 className={cn("min-w-0 truncate", mono ? "font-mono text-12" : "text-13 font-semibold")}>{title}</h2>
        <span className="ml-auto text-12 whitespace-nowrap text-muted">{aside}</span>
      </div>
      {children}
    </section>
  );
}
