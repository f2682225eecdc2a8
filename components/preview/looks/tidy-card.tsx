import type { ReactNode } from "react";

/** A calm frame for what is no chat: a ticket, an incident, a document. */
export function TidyCard({ head, children }: { head?: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line-strong bg-panel text-13">
      {head ? (
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b px-3.5 py-2 [overflow-wrap:anywhere]">
          {head}
        </div>
      ) : null}
      <div className="space-y-2.5 px-3.5 py-3">{children}</div>
    </div>
  );
}
