"use client";

import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { createPortal } from "react-dom";

type Slots = {
  status: HTMLElement | null;
  actions: HTMLElement | null;
  setStatus: (element: HTMLElement | null) => void;
  setActions: (element: HTMLElement | null) => void;
};

const BarContext = createContext<Slots | null>(null);

/** Lets a page fill the top bar, which stands above it in the tree. */
export function BarProvider({ children }: { children: ReactNode }) {
  const [status, setStatus] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ status, actions, setStatus, setActions }), [status, actions]);
  return <BarContext.Provider value={slots}>{children}</BarContext.Provider>;
}

export function BarStatusSlot({ className }: { className?: string }) {
  return <div ref={useContext(BarContext)?.setStatus} className={className} />;
}

export function BarActionsSlot({ className }: { className?: string }) {
  return <div ref={useContext(BarContext)?.setActions} className={className} />;
}

/** What the page says beside the breadcrumbs: "Draft of change #42 · saved 2 s ago". */
export function BarStatus({ children }: { children: ReactNode }) {
  const element = useContext(BarContext)?.status;
  return element ? createPortal(children, element) : null;
}

/** The page's own buttons at the right end of the bar; the primary action last. */
export function BarActions({ children }: { children: ReactNode }) {
  const element = useContext(BarContext)?.actions;
  return element ? createPortal(children, element) : null;
}
