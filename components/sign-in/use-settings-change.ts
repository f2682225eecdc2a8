"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../http/api";
import { useFailureToast } from "../http/failure-toast";
import { useTenant } from "../http/tenant-context";
import { useToast } from "../ui/toast";
import { settingsSchema, signInQuery } from "./queries";

export interface SettingsChange {
  /** Below `sign-in/`. */
  path: string;
  method: "POST" | "PUT" | "DELETE";
  body?: unknown;
  /** Said when it is done. */
  done?: string;
}

/** A write whose answer is all settings of the page again. */
export function useSettingsChange() {
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  return useMutation({
    mutationFn: ({ path, method, body }: SettingsChange) =>
      api(tenant.endpoint(`sign-in/${path}`), { method, body: body ?? {}, schema: settingsSchema }),
    onSuccess: (settings, { done }) => {
      client.setQueryData(signInQuery(tenant).queryKey, settings);
      if (done) toast({ title: done });
    },
    onError: useFailureToast(),
  });
}
