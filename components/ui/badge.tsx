import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A number that asks for attention. */
export function Badge({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      className={cn(
        "inline-block h-[18px] min-w-[18px] rounded-full bg-accent-fill px-[5px] text-center text-11 leading-[18px] font-medium text-on-accent",
        className,
      )}
      {...props}
    />
  );
}

/** A small fact in a frame: a version, a kind, a state without severity. */
export function Tag({ className, mono, ...props }: ComponentProps<"span"> & { mono?: boolean }) {
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 rounded-sm border border-line-strong px-1.5 text-12 whitespace-nowrap text-soft [&_svg]:size-3",
        mono && "font-mono",
        className,
      )}
      {...props}
    />
  );
}
