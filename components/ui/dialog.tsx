"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Primitive from "radix-ui/dialog";
import type { ComponentProps, ReactNode, RefObject } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { useFocusReturn } from "./focus-return";

export const Dialog = Primitive.Root;

export type DialogContentProps = Omit<ComponentProps<typeof Primitive.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  /** `drawer` slides in from the left edge and is as tall as the window. */
  shape?: "box" | "drawer";
  footer?: ReactNode;
  /** Gets the focus when it is closed and what had it before is gone. */
  trigger?: RefObject<HTMLElement | null>;
};

export function DialogContent({
  title,
  description,
  shape = "box",
  footer,
  trigger,
  className,
  children,
  ...props
}: DialogContentProps) {
  const t = useTranslations("common");
  const focusReturn = useFocusReturn(trigger);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Primitive.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={cn(
          "fixed z-50 flex flex-col bg-panel text-text shadow-float focus:outline-none",
          shape === "box" &&
            "top-1/2 left-1/2 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] max-w-[480px] -translate-x-1/2 -translate-y-1/2 rounded-lg",
          shape === "drawer" && "inset-y-0 left-0 w-[264px] bg-nav",
          className,
        )}
        {...focusReturn}
        {...props}
      >
        <header className="flex items-start gap-3 px-4 pt-3 pb-2">
          <div className="min-w-0 flex-1 pt-1">
            <Primitive.Title className="text-14 font-semibold">{title}</Primitive.Title>
            {description ? (
              <Primitive.Description className="mt-1 text-13 text-muted">{description}</Primitive.Description>
            ) : null}
          </div>
          <Primitive.Close asChild>
            <Button variant="quiet" size="icon-sm" aria-label={t("close")}>
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-4">{children}</div>
        {footer ? <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer> : null}
      </Primitive.Content>
    </Primitive.Portal>
  );
}
