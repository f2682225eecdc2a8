import type { ReactNode } from "react";
import { cn } from "../ui/cn";

/** A value that is shown and not typed: sealed, inherited or a default. Dashed when it is not the field's own. */
export function StillRow({
  id,
  icon,
  action,
  ghost,
  disabled,
  describedBy,
  children,
}: {
  id?: string;
  icon?: ReactNode;
  action?: ReactNode;
  ghost?: boolean;
  /** Nothing can be typed here, whoever looks. */
  disabled?: boolean;
  describedBy?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div
      id={id}
      aria-describedby={describedBy}
      aria-disabled={disabled}
      className={cn(
        "flex min-h-9 items-center gap-2 rounded-md border bg-sunken py-0.5 pr-1 pl-2.5 text-soft md:min-h-8",
        ghost ? "border-dashed border-line-strong" : "border-line-strong",
      )}
    >
      {icon}
      <span className="min-w-0 flex-1 py-1 [overflow-wrap:anywhere]">{children}</span>
      {action}
    </div>
  );
}
