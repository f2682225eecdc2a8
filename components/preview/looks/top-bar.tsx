import type { CSSProperties, ReactNode } from "react";

/** A card with its colour above. */
export function TopBar({ color, children }: { color: string | null; children: ReactNode }) {
  const style: CSSProperties & Record<"--bar", string> = { "--bar": color ?? "var(--line-strong)" };
  return (
    <div
      className="mt-1 min-w-0 space-y-1.5 rounded-md border border-line-strong border-t-4 border-t-(--bar) px-3 py-2.5 [overflow-wrap:anywhere]"
      style={style}
    >
      {children}
    </div>
  );
}
