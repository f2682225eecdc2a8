import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldClasses } from "./input";

export type SelectProps = ComponentProps<"select"> & { mono?: boolean };

/** The platform's own list: keyboard, touch and screen readers know it, and it injects no style. Children are `<option>`s. */
export function Select({ className, mono, children, ...props }: SelectProps) {
  return (
    <span className={cn("relative block", className)}>
      <select className={cn(fieldClasses, "h-9 appearance-none pr-7 md:h-8", mono && "font-mono text-12")} {...props}>
        {children}
      </select>
      <ChevronDown
        className="pointer-events-none absolute top-1/2 right-2 size-4 -translate-y-1/2 text-muted"
        aria-hidden
      />
    </span>
  );
}
