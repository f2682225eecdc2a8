"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTenant } from "../http/tenant-context";
import { chooseChange } from "./session";

/** For what opens a change by itself: from then on it is the one that is edited, and its page is shown. */
export function useShowChange(): (change: { id: string }) => Promise<void> {
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  return async ({ id }) => {
    chooseChange(tenant, client, id);
    await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
    router.push(tenant.href(`changes/${id}`));
  };
}
