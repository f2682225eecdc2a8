"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Copy, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ChangeDto } from "@/lib/configuration/contract";
import { changeQuery } from "../editor/queries";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { YamlView } from "../targets/yaml-view";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useToast } from "../ui/toast";
import { dropUnread } from "./queries";

/** Text that somebody sent and that cannot be read: it waits as it is, and keeps the change from being published. */
export function Unread({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes.unread");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const drop = useMutation({
    mutationFn: () => dropUnread(tenant, change.id, change.version),
    onSuccess: (next) => client.setQueryData(changeQuery(tenant, change.id).queryKey, next),
  });
  return change.unread.map(({ by, mine, line, bytes, text }) => (
    <Notice
      key={by}
      level="critical"
      title={line === null ? t("title") : t("titleLine", { line })}
      actions={
        <>
          {text === null ? null : (
            <Button
              size="sm"
              onClick={() => navigator.clipboard.writeText(text).then(() => toast({ title: common("copied") }))}
            >
              <Copy aria-hidden />
              {t("copy")}
            </Button>
          )}
          {tenant.can("configuration:edit") ? (
            <Button size="sm" pending={drop.isPending} onClick={() => drop.mutate()}>
              <Trash2 aria-hidden />
              {t("drop")}
            </Button>
          ) : null}
        </>
      }
    >
      <p>{mine ? t("mine", { bytes }) : t("others", { name: by, bytes })}</p>
      {text === null ? null : (
        <YamlView yaml={text} label={t("label")} className="mt-2 max-h-48 rounded-md border text-12" />
      )}
      {drop.error ? <ErrorNotice error={drop.error} /> : null}
    </Notice>
  ));
}
