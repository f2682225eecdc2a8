import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldClasses } from "./input";

export type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean };

export function Textarea({ className, mono, rows = 3, ...props }: TextareaProps) {
  return (
    <textarea
      rows={rows}
      className={cn(
        fieldClasses,
        "field-sizing-content min-h-16 py-1.5 read-only:bg-sunken",
        mono && "font-mono text-12 leading-[18px]",
        className,
      )}
      {...props}
    />
  );
}
