"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useDeferredValue, useId, useMemo, useState } from "react";
import {
  DEFAULT_PROFILE_ID,
  type InhibitRule,
  type PastInhibition,
  pastInhibitions,
  profileFor,
} from "@/lib/alertmanager";
import { firingsQuery } from "../alert-history/queries";
import { useEditor } from "../editor/change-context";
import { pathId } from "../fields/path-id";
import { reveal } from "../fields/reveal";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardAside, CardBody, CardHeader, CardTitle } from "../ui/card";
import { cn } from "../ui/cn";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Td, Th, Tr } from "../ui/table";
import { ExactTime } from "../ui/time";
import { AlertChips } from "./alert-chips";

const WINDOWS = [1, 7] as const;

/** What the rules, as they stand in the draft, would have muted of what fired in the last days. */
export function PastMuted({ rules }: { rules: readonly InhibitRule[] | undefined }) {
  const t = useTranslations("inhibit-rules.past");
  const tenant = useTenant();
  const { profiles } = useEditor();
  const [days, setDays] = useState<(typeof WINDOWS)[number]>(1);
  const query = useQuery(firingsQuery(tenant, days));
  const current = useDeferredValue(rules);
  const profile = profileFor(profiles[0] ?? DEFAULT_PROFILE_ID);
  const { data } = query;
  const found = useMemo(() => {
    return data ? pastInhibitions(current, profile, data.sets, { from: Date.parse(data.from) / 1000 }) : null;
  }, [current, profile, data]);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          <fieldset aria-label={t("window")} className="flex gap-1">
            {WINDOWS.map((one) => (
              <Button key={one} size="sm" aria-pressed={one === days} onClick={() => setDays(one)}>
                {t("days", { count: one })}
              </Button>
            ))}
          </fieldset>
        </CardAside>
      </CardHeader>
      {query.isError ? (
        <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : !data || !found ? (
        <SkeletonRows rows={3} label={t("loading")} />
      ) : data.sets.length === 0 ? (
        <CardBody>
          <p>{t("noHistory")}</p>
          <Link className="link" href={tenant.href("settings/history")}>
            {t("connect")}
          </Link>
        </CardBody>
      ) : (
        <>
          <PastTable found={found} />
          <p className="border-t px-4 py-2 text-12 text-muted">
            {t("estimated")} {data.truncated ? t("truncated") : null}
          </p>
        </>
      )}
    </Card>
  );
}

export function PastTable({ found }: { found: readonly PastInhibition[] }) {
  const t = useTranslations("inhibit-rules.past");
  if (found.length === 0) return <p className="px-4 py-3 text-muted">{t("noRules")}</p>;
  return (
    <Table label={t("title")}>
      <thead>
        <tr>
          <Th>{t("rule")}</Th>
          <Th numeric>{t("sources")}</Th>
          <Th numeric>{t("targets")}</Th>
          <Th numeric>{t("muted")}</Th>
          <Th numeric>{t("wholly")}</Th>
          <Th>
            <span className="sr-only">{t("samples")}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {found.map((past) => (
          <PastRow key={past.rule} past={past} />
        ))}
      </tbody>
    </Table>
  );
}

function PastRow({ past }: { past: PastInhibition }) {
  const t = useTranslations("inhibit-rules");
  const format = useFormatter();
  const [open, setOpen] = useState(false);
  const id = useId();
  const name = past.name || t("rule", { number: past.rule + 1 });
  return (
    <>
      <Tr className={open ? "border-0" : undefined}>
        <Td>
          <button type="button" className="link text-left" onClick={() => reveal(pathId(["inhibit_rules", past.rule]))}>
            {name}
          </button>
          {past.uncertain > 0 ? (
            <span className="block text-12 text-muted">{t("past.uncertain", { count: past.uncertain })}</span>
          ) : null}
          {past.sources === 0 ? <span className="block text-12 text-muted">{t("past.noSource")}</span> : null}
        </Td>
        <Td numeric>{format.number(past.sources)}</Td>
        <Td numeric>{format.number(past.targets)}</Td>
        <Td numeric className="font-medium">
          {format.number(past.muted)}
        </Td>
        <Td numeric>{format.number(past.wholly)}</Td>
        <Td numeric>
          {past.samples.length > 0 ? (
            <Button
              variant="quiet"
              size="icon-sm"
              aria-expanded={open}
              aria-controls={id}
              aria-label={t("past.samplesOf", { name })}
              onClick={() => setOpen(!open)}
            >
              <ChevronRight className={cn("transition-transform", open && "rotate-90")} aria-hidden />
            </Button>
          ) : null}
        </Td>
      </Tr>
      {open ? (
        <tr id={id} className="border-b">
          <td colSpan={6} className="px-4 pb-3">
            <ul className="grid gap-2">
              {past.samples.map(({ labels, from, to, source, wholly }) => (
                <li key={`${from}-${to}-${JSON.stringify(labels)}`} className="grid gap-1 rounded-md border px-3 py-2">
                  <AlertChips labels={labels} />
                  <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-muted">
                    {t(wholly ? "past.mutedWhollyBy" : "past.mutedBy")} <AlertChips labels={source} />
                  </span>
                  <span className="text-12 text-muted">
                    <ExactTime value={new Date(from * 1000)} /> – <ExactTime value={new Date(to * 1000)} />
                  </span>
                </li>
              ))}
            </ul>
          </td>
        </tr>
      ) : null}
    </>
  );
}
