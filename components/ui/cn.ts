import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** Without our type scale tailwind-merge takes `text-13` for a colour and drops it beside `text-muted`. */
const merge = extendTailwindMerge({
  extend: { theme: { text: ["11", "12", "13", "14", "18", "24"], shadow: ["raised", "float"] } },
});

export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
