import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import * as Slot from "radix-ui/slot";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const buttonVariants = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-13 font-medium whitespace-nowrap no-underline transition-colors focus-visible:rounded-md disabled:opacity-50 aria-disabled:opacity-50 aria-pressed:bg-pressed [&_svg]:size-4 [&_svg]:shrink-0",
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

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof buttonVariants> & {
    asChild?: boolean;
    /** Shows a spinner and refuses a second press; the label stays, so the width does too. */
    pending?: boolean;
  };

export function Button({
  className,
  variant,
  size,
  asChild,
  pending,
  disabled,
  children,
  type,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={type ?? "button"}
      className={classes}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...props}
    >
      {pending ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
