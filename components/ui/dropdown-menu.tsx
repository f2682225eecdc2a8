"use client";

import { Check } from "lucide-react";
import * as Primitive from "radix-ui/dropdown-menu";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { cn } from "./cn";
import type { OpenMenuProps } from "./late-menu";

/** Not modal: a modal menu hides the page from screen readers while the page can still be reached with Tab. */
export function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}
export const DropdownMenuTrigger = Primitive.Trigger;
export const DropdownMenuRadioGroup = Primitive.RadioGroup;

const item =
  "relative flex min-h-9 md:min-h-8 cursor-default items-center gap-2 rounded-sm px-2 text-13 text-text outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted";

export function DropdownMenuContent({ className, sideOffset = 4, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn(
          "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-[180px] overflow-y-auto rounded-md bg-panel p-1 shadow-float",
          className,
        )}
        {...props}
      />
    </Primitive.Portal>
  );
}

export function DropdownMenuItem({
  className,
  danger,
  ...props
}: ComponentProps<typeof Primitive.Item> & { danger?: boolean }) {
  return <Primitive.Item className={cn(item, danger && "text-critical [&_svg]:text-critical", className)} {...props} />;
}

export function DropdownMenuRadioItem({ className, children, ...props }: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem className={cn(item, "pr-8", className)} {...props}>
      {children}
      <Primitive.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </Primitive.ItemIndicator>
    </Primitive.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn("px-2 pt-1.5 pb-1 text-11 text-muted", className)} {...props} />;
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator className={cn("-mx-1 my-1 h-px bg-line", className)} {...props} />;
}

export type AttachedMenuProps = OpenMenuProps & {
  align?: "start" | "center" | "end";
  side?: "top" | "bottom";
  className?: string;
  children: ReactNode;
};

/** The anchor is no button; the real one says these things. */
const unsaid = { type: undefined, "aria-haspopup": undefined, "aria-expanded": undefined, "aria-controls": undefined };

/**
 * The menu of a `LateMenu`, whose button was there before it and stays what it is: Radix is given an unseen anchor of
 * the same size in the trigger's place, and the focus goes back to the button.
 */
export function AttachedMenu({ open, onOpenChange, trigger, labelledBy, children, ...props }: AttachedMenuProps) {
  const leftByPointer = useRef(false);
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger asChild {...unsaid}>
        <span aria-hidden className="pointer-events-none absolute inset-0" />
      </Primitive.Trigger>
      <DropdownMenuContent
        aria-labelledby={labelledBy}
        onInteractOutside={() => {
          leftByPointer.current = true;
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (!leftByPointer.current) trigger.current?.focus();
          leftByPointer.current = false;
        }}
        {...props}
      >
        {children}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
