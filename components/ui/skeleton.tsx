import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Skeleton({ className, ...props }: ComponentProps<"div">) {
  return <div aria-hidden className={cn("h-4 animate-pulse rounded-sm bg-pressed", className)} {...props} />;
}

/** Rows of a list or table that is still on its way; `label` is what a screen reader hears. */
export function SkeletonRows({ rows = 5, label, className }: { rows?: number; label: string; className?: string }) {
  return (
    <div role="status" className={cn("grid gap-px", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className="flex h-9 items-center gap-4 px-4">
          <Skeleton className="w-1/4" />
          <Skeleton className="w-1/3" />
          <Skeleton className="ml-auto w-16" />
        </div>
      ))}
    </div>
  );
}
