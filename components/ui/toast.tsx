"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Toast as Primitive } from "radix-ui";
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from "react";
import { Button } from "./button";
import { SeverityIcon, type SeverityLevel } from "./severity";

export type ToastInput = {
  title: string;
  description?: string;
  level?: SeverityLevel;
  /** Usually undo. The toast goes when it is pressed. */
  action?: { label: string; onSelect: () => void };
  /** Milliseconds; errors and toasts with an action stay longer by default. */
  duration?: number;
};

type Item = ToastInput & { id: number };
type ToastApi = { toast: (input: ToastInput) => void };

const ToastContext = createContext<ToastApi | null>(null);

export function useToast(): ToastApi {
  const api = useContext(ToastContext);
  if (!api) throw new Error("useToast needs a ToastProvider above it");
  return api;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const [items, setItems] = useState<Item[]>([]);
  const next = useRef(0);

  const toast = useCallback((input: ToastInput) => {
    next.current += 1;
    const item = { ...input, id: next.current };
    setItems((before) => [...before.slice(-3), item]);
  }, []);
  const api = useMemo(() => ({ toast }), [toast]);
  const drop = (id: number) => setItems((before) => before.filter((item) => item.id !== id));

  return (
    <ToastContext.Provider value={api}>
      <Primitive.Provider label={t("notification")} swipeDirection="right">
        {children}
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
    </ToastContext.Provider>
  );
}
