"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo } from "react";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Th } from "../ui/table";
import { AuditRow } from "./audit-row";
import { eventText, searchText } from "./event-text";
import { auditQuery } from "./queries";

export function AuditLog() {
  const t = useTranslations("audit");
  const common = useTranslations("common");
  const tenant = useTenant();
  const [filter, setFilter] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 200 }));
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(tenant),
  );
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? [], [data]);
  const shownName = (type: string) => (t.has(`events.${type}`) ? t(`events.${type}`) : eventText(type));
  const wanted = filter.trim().toLowerCase();
  const shown = wanted ? entries.filter((entry) => searchText(entry, shownName(entry.type)).includes(wanted)) : entries;

  if (isPending) return <SkeletonRows rows={8} label={common("loading")} />;
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (entries.length === 0) {
    return (
      <Card>
        <EmptyState icon={ScrollText} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <div className="grid gap-1">
        <Input
          type="search"
          value={filter}
          onChange={(event) => setFilter(event.target.value || null)}
          placeholder={t("filter")}
          aria-label={t("filter")}
          aria-describedby="audit-filter-hint"
          className="max-w-[420px]"
        />
        <p id="audit-filter-hint" className="text-12 text-muted">
          {t("filterHint", { count: entries.length })}
        </p>
      </div>
      <Card>
        {shown.length === 0 ? (
          <EmptyState title={t("noMatch")} />
        ) : (
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
              {shown.map((entry) => (
                <AuditRow key={entry.position} entry={entry} />
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      <div className="flex justify-center">
        {hasNextPage ? (
          <Button pending={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t("older")}
          </Button>
        ) : (
          <p className="text-12 text-muted">{t("end")}</p>
        )}
      </div>
    </>
  );
}
