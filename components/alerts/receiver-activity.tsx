"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { firingsQuery } from "../alert-history/queries";
import { liveQuery, targetsQuery } from "../editor/queries";
import { useTenant } from "../http/tenant-context";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Td, Th, Tr } from "../ui/table";
import { Sparkline } from "./sparkline";

const DAYS = 7;
const PARTS = 28;
const SHOWN = 12;

/** What the live routes made of the alerts of the last days, receiver by receiver. */
export function ReceiverActivity() {
  const t = useTranslations("alerts.activity");
  const format = useFormatter();
  const tenant = useTenant();
  const live = useQuery(liveQuery(tenant));
  const targets = useQuery(targetsQuery(tenant));
  const firings = useQuery(firingsQuery(tenant, DAYS));
  const config = live.data?.document.config;
  const profile = targets.data?.[0]?.profile;
  const computed = useQuery({
    queryKey: ["tenant", tenant.slug, "activity", live.dataUpdatedAt, firings.dataUpdatedAt, profile],
    enabled: config !== undefined && firings.data !== undefined && !targets.isPending,
    queryFn: async () => {
      // The semantics of routes are as large as the rest of the page.
      const [{ receiverActivity }, { DEFAULT_PROFILE_ID, profileFor }] = await Promise.all([
        import("./activity"),
        import("@/lib/alertmanager"),
      ]);
      if (!config || !firings.data) return [];
      return receiverActivity(config, profileFor(profile ?? DEFAULT_PROFILE_ID), firings.data, PARTS);
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (firings.data?.sets.length === 0 || (live.data && !config?.route)) return null;
  const rows = computed.data ?? [];
  const most = Math.max(1, ...rows.flatMap(({ counts }) => counts));
  const silent = rows.filter(({ total }) => total === 0).length;

  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>{t("window", { days: DAYS })}</CardAside>
      </CardHeader>
      {computed.isPending ? (
        <SkeletonRows label={t("loading")} />
      ) : (
        <Table label={t("title")}>
          <thead>
            <tr>
              <Th>{t("receiver")}</Th>
              <Th>{t("overTime")}</Th>
              <Th numeric>{t("alerts")}</Th>
            </tr>
          </thead>
          <tbody>
            {rows
              .filter(({ total }) => total > 0)
              .slice(0, SHOWN)
              .map(({ receiver, counts, total }) => (
                <Tr key={receiver}>
                  <Td>
                    <Link
                      className="link font-mono text-12 [overflow-wrap:anywhere]"
                      href={`${tenant.href("routes")}?receiver=${encodeURIComponent(receiver)}`}
                    >
                      {receiver}
                    </Link>
                  </Td>
                  <Td className="w-[260px]">
                    <Sparkline counts={counts} most={most} />
                  </Td>
                  <Td numeric>{format.number(total)}</Td>
                </Tr>
              ))}
          </tbody>
        </Table>
      )}
      <p className="border-t px-4 py-2 text-12 text-muted">
        {t("how")}
        {silent > 0 ? ` ${t("silent", { count: silent })}` : ""}
        {firings.data?.truncated ? ` ${t("truncated")}` : ""}
      </p>
    </Card>
  );
}
