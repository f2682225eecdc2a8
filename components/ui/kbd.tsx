import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Kbd({ className, ...props }: ComponentProps<"kbd">) {
  return (
    <kbd
      className={cn(
        "inline-block min-w-[18px] rounded-sm border border-line-strong bg-sunken px-1 text-center font-mono text-11 text-muted",
        className,
      )}
      {...props}
    />
  );
}
