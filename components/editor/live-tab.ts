"use client";

import { createContext, useContext } from "react";

const LiveTabContext = createContext<(tab: string) => void>(() => {});

export const LiveTabProvider = LiveTabContext.Provider;

/** Shows another tab of the live pane that this is a part of. */
export function useLiveTab(): (tab: string) => void {
  return useContext(LiveTabContext);
}
