"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ChangeDto, isOpen } from "@/lib/configuration/contract";
import { chosenChange } from "../editor/chosen-change";
import { changeQuery, liveQuery } from "../editor/queries";
import { chooseChange } from "../editor/session";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { rebaseChange } from "./queries";

/** Somebody published meanwhile: without their revision this change would seem to take their work away again. */
export function Outdated({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes.outdated");
  const tenant = useTenant();
  const client = useQueryClient();
  const { data: live } = useQuery(liveQuery(tenant));
  const rebase = useMutation({
    mutationFn: () => rebaseChange(tenant, change.id, change.version),
    onSuccess: ({ change: next }) => {
      if (chosenChange(tenant.slug) === change.id) chooseChange(tenant, client, change.id);
      client.setQueryData(changeQuery(tenant, change.id).queryKey, next);
    },
  });
  const conflicts = rebase.data?.conflicts ?? [];
  if (!isOpen(change.status)) return null;
  return (
    <>
      {live && live.revision !== null && live.revision !== change.baseRevision ? (
        <Notice
          level="warning"
          title={t("title", { number: live.revision })}
          actions={
            tenant.can("configuration:edit") ? (
              <Button size="sm" pending={rebase.isPending} onClick={() => rebase.mutate()}>
                {t("rebase")}
              </Button>
            ) : undefined
          }
        >
          <p>{t("text")}</p>
        </Notice>
      ) : null}
      {rebase.error ? <ErrorNotice error={rebase.error} /> : null}
      {conflicts.length > 0 ? (
        <Notice level="warning" role="status" title={t("kept", { count: conflicts.length })}>
          <ul className="font-mono text-12">
            {conflicts.map(({ label }) => (
              <li key={label}>{label}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </>
  );
}
