"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { chooseChange } from "../editor/session";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { restoreRevision } from "./queries";

/** Opens a change that holds this revision's document; it is reviewed and published like any other. */
export function Restore({ number }: { number: number }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const restore = useMutation({
    mutationFn: () => restoreRevision(tenant, number),
    onSuccess: async (change) => {
      chooseChange(tenant, client, change.id);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
      router.push(tenant.href(`changes/${change.id}`));
    },
  });
  return (
    <>
      <Button pending={restore.isPending} onClick={() => restore.mutate()}>
        <History aria-hidden />
        {t("restoreNumber", { number })}
      </Button>
      {restore.error ? <ErrorNotice error={restore.error} className="w-full" /> : null}
    </>
  );
}
