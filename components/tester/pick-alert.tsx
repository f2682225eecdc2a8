"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { alertsPageSchema } from "@/lib/history/contract";
import { alertsNowQuery } from "../alert-history/queries";
import { api } from "../http/api";
import { type CurrentTenant, useTenant } from "../http/tenant-context";
import { Select } from "../ui/select";
import { type Labels, printLabels } from "./alerts-text";

const DAYS = 7;
const MOST = 100;

/** The last of those that fire no more. */
function endedQuery(tenant: CurrentTenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "alerts-ended", DAYS],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - DAYS * 86_400_000).toISOString();
      const search = new URLSearchParams({ state: "ended", limit: String(MOST), from });
      return api(tenant.endpoint(`alerts?${search}`), { schema: alertsPageSchema, signal });
    },
    staleTime: 60_000,
  });
}

/** A real alert instead of a typed one: what fires now, or did lately. Nothing where no alert was ever heard of. */
export function PickAlert({ onPick }: { onPick: (labels: Labels) => void }) {
  const t = useTranslations("tester.pick");
  const tenant = useTenant();
  const now = useQuery(alertsNowQuery(tenant)).data;
  const ended = useQuery(endedQuery(tenant)).data;
  const groups = useMemo(() => {
    const seen = new Map<string, Labels>();
    const fresh = (alerts: readonly { labels: Labels }[] = []) =>
      alerts.flatMap(({ labels }) => {
        const text = printLabels(labels);
        if (seen.has(text)) return [];
        seen.set(text, labels);
        return [text];
      });
    return { firing: fresh(now?.alerts), ended: fresh(ended?.alerts), seen };
  }, [now, ended]);
  if (groups.seen.size === 0) return null;
  return (
    <Select
      mono
      aria-label={t("label")}
      value=""
      onChange={(event) => {
        const labels = groups.seen.get(event.target.value);
        if (labels) onPick(labels);
      }}
    >
      <option value="">{t("label")}</option>
      {(["firing", "ended"] as const).map((state) =>
        groups[state].length === 0 ? null : (
          <optgroup key={state} label={t(state)}>
            {groups[state].map((text) => (
              <option key={text} value={text}>
                {text.length > 120 ? `${text.slice(0, 119)}…` : text}
              </option>
            ))}
          </optgroup>
        ),
      )}
    </Select>
  );
}
