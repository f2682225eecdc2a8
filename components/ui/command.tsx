"use client";

import { Command as Primitive } from "cmdk";
import { Search } from "lucide-react";
import * as Dialog from "radix-ui/dialog";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { cn } from "./cn";
import { useFocusReturn } from "./focus-return";

export type CommandDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  placeholder: string;
  empty: string;
  /** Gets the focus when it is closed and what had it before is gone. */
  trigger?: RefObject<HTMLElement | null>;
  children: ReactNode;
};

export function CommandDialog({
  open,
  onOpenChange,
  title,
  placeholder,
  empty,
  trigger,
  children,
}: CommandDialogProps) {
  const focusReturn = useFocusReturn(trigger);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          {...focusReturn}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[560px] -translate-x-1/2 rounded-lg bg-panel shadow-float focus:outline-none"
        >
          <Dialog.Title className="sr-only">{title}</Dialog.Title>
          <Primitive label={title} loop>
            <div className="flex items-center gap-2 border-b px-4">
              <Search className="size-4 shrink-0 text-muted" aria-hidden />
              <Primitive.Input placeholder={placeholder} className="h-12 w-full bg-transparent text-14 outline-none" />
            </div>
            <Primitive.List className="max-h-[min(420px,60vh)] overflow-y-auto p-1.5">
              <Primitive.Empty className="px-3 py-6 text-center text-muted">{empty}</Primitive.Empty>
              {children}
            </Primitive.List>
          </Primitive>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

export function CommandGroup({ className, ...props }: ComponentProps<typeof Primitive.Group>) {
  return (
    <Primitive.Group
      className={cn(
        "[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-muted",
        className,
      )}
      {...props}
    />
  );
}

export function CommandItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return (
    <Primitive.Item
      className={cn(
        "flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-13 text-text data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted",
        className,
      )}
      {...props}
    />
  );
}
