"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../ui/cn";

/** Why something is there to be read only. */
export function LockNotice({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <p
      role="status"
      className={cn("flex items-center gap-2 rounded-lg border bg-sunken px-3 py-2 text-soft", className)}
    >
      <Lock aria-hidden className="size-4 shrink-0" />
      {children}
    </p>
  );
}
