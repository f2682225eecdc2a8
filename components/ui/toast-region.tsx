"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import * as Primitive from "radix-ui/toast";
import { Button } from "./button";
import { SeverityIcon } from "./severity";
import type { ToastItem } from "./toast";

/** Where toasts stand, and what says them to screen readers. */
export function ToastRegion({ items, drop }: { items: readonly ToastItem[]; drop: (id: number) => void }) {
  const t = useTranslations("common");
  return (
    <Primitive.Provider label={t("notification")} swipeDirection="right">
      {items.map((item) => (
        <Primitive.Root
          key={item.id}
          type={item.level === "critical" ? "foreground" : "background"}
          duration={item.duration ?? (item.level === "critical" || item.action ? 10_000 : 5_000)}
          onOpenChange={(open) => {
            if (!open) drop(item.id);
          }}
          className="flex items-start gap-2 rounded-md bg-panel p-3 shadow-float data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
        >
          <SeverityIcon level={item.level ?? "success"} className="mt-0.5" />
          <div className="min-w-0 flex-1">
            <Primitive.Title className="font-medium">{item.title}</Primitive.Title>
            {item.description ? (
              <Primitive.Description className="text-12 text-muted">{item.description}</Primitive.Description>
            ) : null}
          </div>
          {item.action ? (
            <Primitive.Action asChild altText={item.action.label}>
              <Button size="sm" onClick={item.action.onSelect}>
                {item.action.label}
              </Button>
            </Primitive.Action>
          ) : null}
          <Primitive.Close asChild>
            <Button variant="quiet" size="icon-sm" aria-label={t("close")}>
              <X aria-hidden />
            </Button>
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className="fixed right-4 bottom-4 z-50 grid w-[min(400px,calc(100vw-32px))] gap-2 outline-none" />
    </Primitive.Provider>
  );
}
