"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { ErrorNotice } from "../http/error-notice";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Th } from "../ui/table";
import { AuditFilterBar } from "./audit-filter";
import { AuditRow } from "./audit-row";
import { INSTALLATION_LOG, type LogSource, useTenantLog } from "./log-source";
import { auditQuery } from "./queries";
import { useAuditFilter } from "./use-audit-filter";

export function TenantAudit() {
  return <AuditLog source={useTenantLog()} />;
}

export function InstallationAudit() {
  return <AuditLog source={INSTALLATION_LOG} />;
}

/** A rare event may lie far back: so many answers are asked for before somebody has to say that they still want it. */
const SEARCHES = 20;

function AuditLog({ source }: { source: LogSource }) {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const { shown, filter, set } = useAuditFilter();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(source, filter),
  );
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? [], [data]);
  const pages = data?.pages.length ?? 0;
  const searching = entries.length === 0 && hasNextPage && pages < SEARCHES;
  useEffect(() => {
    if (searching && !isFetchingNextPage) void fetchNextPage();
  }, [searching, isFetchingNextPage, fetchNextPage]);

  const filtered = Object.values(shown).some(Boolean);
  const reached = data?.pages.at(-1)?.next ?? null;
  return (
    <>
      <AuditFilterBar
        source={source}
        shown={shown}
        filter={filter}
        set={(change) => void set(change)}
        kinds={data?.pages[0]?.kinds ?? null}
      />
      {isPending || (searching && !error) ? (
        <SkeletonRows rows={8} label={common("loading")} />
      ) : error && !data ? (
        <ErrorNotice error={error} onRetry={refetch} />
      ) : (
        <Card>
          {entries.length > 0 ? (
            <Entries source={source} entries={entries} />
          ) : filtered ? (
            <EmptyState title={t("noMatch")} />
          ) : (
            <EmptyState icon={ScrollText} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          )}
        </Card>
      )}
      <div className="flex flex-wrap items-center justify-center gap-3">
        <p className="text-12 text-muted" role="status">
          {isPending || (reached === null && entries.length === 0)
            ? ""
            : reached === null
              ? t("end")
              : t("shownTo", { count: entries.length, position: reached })}
        </p>
        {hasNextPage ? (
          <Button pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t("older")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

function Entries({ source, entries }: { source: LogSource; entries: readonly AuditEntry[] }) {
  const t = useTranslations("audit");
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("when")}</Th>
          <Th>{t("who")}</Th>
          <Th>{t("what")}</Th>
          <Th className="max-sm:hidden">{t("on")}</Th>
          <Th>
            <span className="sr-only">{t("details")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.position} source={source} entry={entry} />
        ))}
      </tbody>
    </Table>
  );
}
