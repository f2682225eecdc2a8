"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { buttonVariants } from "../ui/button-variants";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page";
import { Select } from "../ui/select";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Th } from "../ui/table";
import { AlertRow } from "./alert-row";
import { withMatcher } from "./alert-text";
import { alertsQuery, historyQuery } from "./queries";
import { ReceiverActivity } from "./receiver-activity";

const STATES = ["firing", "ended", "all"] as const;
const WINDOWS = [1, 24, 168, 720] as const;

/** Alerts as Prometheus or the targets told us of them. */
export function AlertsPage() {
  const t = useTranslations("alerts");
  const tenant = useTenant();
  const [state, setState] = useQueryState("state", parseAsStringLiteral(STATES).withDefault("firing"));
  const [matchers, setMatchers] = useQueryState("q", parseAsString.withDefault("").withOptions({ throttleMs: 300 }));
  const [hours, setHours] = useQueryState("hours", parseAsInteger.withDefault(24));
  const history = useQuery(historyQuery(tenant));
  const wanted = useDeferredValue(matchers).trim();
  const query = useInfiniteQuery(alertsQuery(tenant, { state, matchers: wanted, hours }));
  const alerts = query.data?.pages.flatMap((page) => page.alerts) ?? [];
  const total = query.data?.pages[0]?.total;

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<span>{total === undefined ? t("lead") : t(`count.${state}`, { count: total })}</span>}
        actions={
          <Link href={tenant.href("settings/history")} className={buttonVariants()}>
            {t("sources")}
          </Link>
        }
      />
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-[220px] flex-1">
          <Input
            mono
            type="search"
            value={matchers}
            placeholder={'team="database", severity=~"critical|page"'}
            aria-label={t("matchers")}
            aria-invalid={query.isError ? true : undefined}
            onChange={(event) => void setMatchers(event.target.value || null)}
          />
        </div>
        <Select
          aria-label={t("stateLabel")}
          value={state}
          className="w-auto"
          onChange={(event) => void setState(STATES.find((known) => known === event.target.value) ?? null)}
        >
          {STATES.map((known) => (
            <option key={known} value={known}>
              {t(`states.${known}`)}
            </option>
          ))}
        </Select>
        {state === "firing" ? null : (
          <Select
            aria-label={t("windowLabel")}
            value={String(hours)}
            className="w-auto"
            onChange={(event) => void setHours(Number(event.target.value))}
          >
            {WINDOWS.map((known) => (
              <option key={known} value={known}>
                {t(`windows.${known}`)}
              </option>
            ))}
          </Select>
        )}
      </div>
      {query.isError ? <ErrorNotice error={query.error} onRetry={() => void query.refetch()} /> : null}
      <Card>
        {query.isPending ? (
          <SkeletonRows rows={6} label={t("loading")} />
        ) : alerts.length === 0 ? (
          <Nothing never={history.data?.labelSets === 0} filtered={wanted !== ""} />
        ) : (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{t("stateLabel")}</Th>
                <Th>{t("alert")}</Th>
                <Th>{t("started")}</Th>
                <Th numeric className="max-sm:hidden">
                  {t("duration")}
                </Th>
                <Th>
                  <span className="sr-only">{t("details")}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {alerts.map((alert) => (
                <AlertRow
                  key={`${alert.id} ${alert.startsAt}`}
                  alert={alert}
                  onFilter={(name, value) => void setMatchers(withMatcher(matchers, name, value))}
                />
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {query.hasNextPage ? (
        <div className="flex justify-center">
          <Button pending={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      ) : null}
      <ReceiverActivity />
    </>
  );
}

function Nothing({ never, filtered }: { never: boolean; filtered: boolean }) {
  const t = useTranslations("alerts");
  const tenant = useTenant();
  if (never) {
    return (
      <EmptyState
        icon={Siren}
        title={t("never")}
        actions={
          <Link href={tenant.href("settings/history")} className={buttonVariants({ variant: "primary" })}>
            {t("connect")}
          </Link>
        }
      >
        {t("neverText")}
      </EmptyState>
    );
  }
  return <EmptyState title={t("none")}>{t(filtered ? "noneFiltered" : "noneText")}</EmptyState>;
}
