"use client";

import * as Primitive from "radix-ui/switch";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Needs a name: `id` with a Label, or `aria-label`. */
export function Switch({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn(
        "inline-flex h-4 w-7 shrink-0 items-center rounded-full bg-line-field p-0.5 transition-colors focus-visible:rounded-full disabled:opacity-50 data-[state=checked]:bg-accent-fill",
        className,
      )}
      {...props}
    >
      <Primitive.Thumb className="block size-3 rounded-full bg-white transition-transform data-[state=checked]:translate-x-3" />
    </Primitive.Root>
  );
}
