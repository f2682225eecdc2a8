"use client";

import { useCallback } from "react";
import { useToast } from "../ui/toast";
import { useErrorText } from "./error-text";

/** Says what failed, for acts that have no place of their own for it: `onError` of a mutation. */
export function useFailureToast(): (error: unknown) => void {
  const { toast } = useToast();
  const explain = useErrorText();
  return useCallback(
    (error: unknown) => {
      const { title, detail } = explain(error);
      toast({ level: "critical", title, ...(detail ? { description: detail } : {}) });
    },
    [toast, explain],
  );
}
