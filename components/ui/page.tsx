import type { ReactNode } from "react";
import { cn } from "./cn";

export type PageHeaderProps = {
  title: ReactNode;
  /** Names that a person chose are set in mono. */
  mono?: boolean;
  facts?: ReactNode;
  actions?: ReactNode;
};

export function PageHeader({ title, mono, facts, actions }: PageHeaderProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="min-w-0 flex-1">
        <h1 className={cn("text-18 font-semibold [overflow-wrap:anywhere]", mono && "font-mono tracking-tight")}>
          {title}
        </h1>
        {facts ? <div className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-muted">{facts}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2 max-md:w-full">{actions}</div> : null}
    </div>
  );
}

/** The padding and rhythm of a page below the bar. `wide` for editors that use the whole width. */
export function PageBody({ wide, className, children }: { wide?: boolean; className?: string; children: ReactNode }) {
  return (
    <div
      className={cn(
        "grid content-start gap-4 px-4 pt-4 pb-6 md:px-6 md:pt-5 md:pb-10",
        !wide && "max-w-[1080px]",
        className,
      )}
    >
      {children}
    </div>
  );
}
