"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { INTEGRATIONS } from "@/lib/alertmanager";
import type { SecretCheckDto } from "@/lib/test-sends/contract";
import { useEditor } from "../editor/change-context";
import { useEditorState, useEdits } from "../editor/use-change";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Severity, type SeverityLevel } from "../ui/severity";
import { RelativeTime } from "../ui/time";
import { checkSecrets, checksQuery } from "./queries";

const LEVELS: Record<SecretCheckDto["outcome"], SeverityLevel> = {
  works: "success",
  refused: "critical",
  unknown: "warning",
  none: "neutral",
};

/** Whether the providers take the secrets, asked without telling anybody. */
export function Credentials({ receiverId }: { receiverId: string }) {
  const t = useTranslations("test-sends");
  const tenant = useTenant();
  const client = useQueryClient();
  const { store } = useEditor();
  const { flush } = useEdits();
  const changeId = useEditorState(({ change }) => change?.id ?? null);
  const known = useQuery(checksQuery(tenant, changeId, receiverId));
  const check = useMutation({
    mutationFn: async () => {
      await flush();
      return checkSecrets(tenant, store.state().change?.id ?? null, receiverId);
    },
    onSuccess: (checks) => {
      const id = store.state().change?.id ?? null;
      client.setQueryData(checksQuery(tenant, id, receiverId).queryKey, checks);
    },
  });
  return (
    <section aria-label={t("credentials")} className="grid gap-2 border-t pt-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-13 font-medium">{t("credentials")}</h3>
        <Button size="sm" pending={check.isPending} onClick={() => check.mutate()}>
          {t("check")}
        </Button>
      </div>
      {check.error ? <ErrorNotice error={check.error} /> : null}
      <CheckList checks={check.data ?? known.data ?? []} asked={check.data !== undefined} />
    </section>
  );
}

/** What was never asked is not shown until somebody asks. */
export function CheckList({ checks, asked }: { checks: readonly SecretCheckDto[]; asked: boolean }) {
  const t = useTranslations("test-sends");
  const shown = checks.filter(({ outcome }) => asked || outcome !== "none");
  return (
    <ul aria-live="polite" className="grid gap-1">
      {shown.map(({ key, index, outcome, words, checkedAt }) => (
        <li key={`${key}[${index}]`} className="flex flex-wrap items-baseline gap-x-3 text-13">
          <Severity level={LEVELS[outcome]}>{t(`checks.${outcome}`)}</Severity>
          <span>
            {INTEGRATIONS[key].label} <span className="text-muted">{index + 1}</span>
          </span>
          {checkedAt ? (
            <span className="text-12 text-muted">
              {t("checked")} <RelativeTime value={checkedAt} />
            </span>
          ) : null}
          {outcome === "works" || words === "" ? null : (
            <span className="text-12 text-muted [overflow-wrap:anywhere]">{words}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
