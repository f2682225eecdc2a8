import { cva } from "class-variance-authority";

/** How a button looks, for a link or a page that must do with little: what stands here brings neither icons nor Radix. */
export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-13 font-medium whitespace-nowrap no-underline transition-colors focus-visible:rounded-md disabled:opacity-50 aria-disabled:opacity-50 aria-pressed:bg-pressed [&_svg]:size-4 [&_svg]:shrink-0 aria-busy:[&>svg~svg]:hidden",
  {
    variants: {
      variant: {
        default: "border-line-strong bg-panel text-text hover:bg-hover",
        primary:
          "border-accent-fill bg-accent-fill text-on-accent hover:border-accent-fill-hover hover:bg-accent-fill-hover",
        danger:
          "border-critical-fill bg-critical-fill text-white hover:border-critical-fill-hover hover:bg-critical-fill-hover",
        quiet: "border-transparent bg-transparent text-soft hover:bg-hover hover:text-text",
      },
      size: {
        md: "h-9 px-3 md:h-8",
        sm: "h-8 px-2 text-12 md:h-[26px] [&_svg]:size-3.5",
        icon: "size-9 md:size-8",
        "icon-sm": "size-8 md:size-[26px]",
      },
    },
    defaultVariants: { variant: "default", size: "md" },
  },
);
