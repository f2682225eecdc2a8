import type { ComponentProps } from "react";
import { cn } from "./cn";

export const fieldClasses =
  "w-full min-w-0 rounded-md border border-line-field bg-field px-2.5 text-13 text-text focus-visible:rounded-md focus-visible:outline-offset-0 disabled:border-line-strong disabled:bg-sunken disabled:text-muted aria-invalid:border-critical";

export type InputProps = ComponentProps<"input"> & { mono?: boolean };

export function Input({ className, mono, type = "text", ...props }: InputProps) {
  return (
    <input
      type={type}
      className={cn(fieldClasses, "h-9 read-only:bg-sunken md:h-8", mono && "font-mono text-12", className)}
      {...props}
    />
  );
}
