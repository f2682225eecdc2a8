"use client";

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import { late, useLate } from "./late";
import type { SeverityLevel } from "./severity";

export type ToastInput = {
  title: string;
  description?: string;
  level?: SeverityLevel;
  /** Usually undo. The toast goes when it is pressed. */
  action?: { label: string; onSelect: () => void };
  /** Milliseconds; errors and toasts with an action stay longer by default. */
  duration?: number;
};

export type ToastItem = ToastInput & { id: number };
type ToastApi = { toast: (input: ToastInput) => void };

const ToastContext = createContext<ToastApi | null>(null);
const region = late(async () => (await import("./toast-region")).ToastRegion);
/** After the page's own requests: the first toast may say that there is no network, so it cannot be fetched only then. */
const SOON = 4_000;

export function useToast(): ToastApi {
  const api = useContext(ToastContext);
  if (!api) throw new Error("useToast needs a ToastProvider above it");
  return api;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<ToastItem[]>([]);
  const next = useRef(0);
  const Region = useLate(region);

  useEffect(() => {
    const soon = setTimeout(region.want, SOON);
    return () => clearTimeout(soon);
  }, []);

  const toast = useCallback((input: ToastInput) => {
    region.want();
    next.current += 1;
    const item = { ...input, id: next.current };
    setItems((before) => [...before.slice(-3), item]);
  }, []);
  const api = useMemo(() => ({ toast }), [toast]);
  const drop = useCallback((id: number) => setItems((before) => before.filter((item) => item.id !== id)), []);

  return (
    <ToastContext.Provider value={api}>
      {children}
      {Region ? <Region items={items} drop={drop} /> : null}
    </ToastContext.Provider>
  );
}
