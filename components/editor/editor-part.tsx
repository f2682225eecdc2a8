"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { GrantablePart } from "@/lib/tenancy/grants/contract";
import { useTenant } from "../http/tenant-context";

const Part = createContext<GrantablePart | null>(null);

/** Says which part of the configuration is edited below; for somebody whose limits leave it out, it is there to be read. */
export function EditorPart({ part, children }: { part: GrantablePart; children: ReactNode }) {
  return <Part.Provider value={part}>{children}</Part.Provider>;
}

export function usePartLocked(): boolean {
  const part = useContext(Part);
  const { grants } = useTenant();
  return part !== null && grants !== null && !grants.parts.includes(part);
}
