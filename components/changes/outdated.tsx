"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ChangeDto, isOpen } from "@/lib/configuration/contract";
import { liveQuery } from "../editor/queries";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { MergeDialog } from "./review/merge-dialog";

/** Somebody published meanwhile: without their revision this change would seem to take their work away again. */
export function Outdated({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes.outdated");
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  const { data: live } = useQuery(liveQuery(tenant));
  if (!isOpen(change.status) || !live || live.revision === null || live.revision === change.baseRevision) return null;
  return (
    <>
      <Notice
        level="warning"
        title={t("title", { number: live.revision })}
        actions={
          tenant.can("configuration:edit") ? (
            <Button size="sm" onClick={() => setOpen(true)}>
              {t("rebase")}
            </Button>
          ) : undefined
        }
      >
        <p>{t("text")}</p>
      </Notice>
      {open ? <MergeDialog change={change} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
