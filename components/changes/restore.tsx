"use client";

import { useMutation } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { useShowChange } from "../editor/use-show-change";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { restoreRevision } from "./queries";

/** Opens a change that holds this revision's document; it is reviewed and published like any other. */
export function Restore({ number }: { number: number }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const show = useShowChange();
  const restore = useMutation({
    mutationFn: () => restoreRevision(tenant, number),
    onSuccess: show,
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
