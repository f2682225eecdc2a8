"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import type { Config } from "@/lib/alertmanager";
import { patchesBetween } from "../editor/document-patch";
import { liveQuery } from "../editor/queries";
import { useEditorState } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Severity } from "../ui/severity";
import { numbersOf } from "./behaviour-line";
import { pageLoss } from "./receiver-rows";
import type { BehaviourReport } from "./report";
import { useBehaviour } from "./use-behaviour";

/** Long enough that it is never computed between two keystrokes. */
const PAUSE = 500;

/** What the draft does to alerts, while it is edited; nothing as long as it says what is live. */
export function LiveBehaviour() {
  const tenant = useTenant();
  const change = useEditorState((state) => state.change);
  const { data } = useQuery({ ...liveQuery(tenant), enabled: change !== null });
  const live = data?.revision === null ? undefined : data?.document.config;
  const after = usePaused(useEditorState((state) => state.document.config));
  const differs = useMemo(() => live !== undefined && patchesBetween(live, after).length > 0, [live, after]);
  const enabled = change !== null && differs;
  const { report } = useBehaviour(live, after, { scope: "live", detailed: false, enabled });
  if (!enabled || !report) return null;
  return <LiveLine report={report} review={tenant.href(`changes/${change.id}`)} />;
}

const NAMED = 2;

/** In one line what the review page says at length. */
export function LiveLine({ report, review }: { report: BehaviourReport; review: string }) {
  const t = useTranslations("behaviour");
  const loss = pageLoss(report);
  const names = loss?.receivers.map(({ receiver }) => receiver) ?? [];
  const further = names.length > NAMED ? ` +${names.length - NAMED}` : "";
  return (
    <section
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-2 text-12"
      aria-live="polite"
      aria-label={t("behaviour")}
    >
      <span className="font-mono">
        {t("behaviour")} {numbersOf(t, report)}
      </span>
      {loss ? (
        <Severity
          level={loss.unheard > 0 ? "critical" : "warning"}
          className="whitespace-normal [overflow-wrap:anywhere] [&_svg]:size-3.5"
        >
          {t("pageLoss.named", { names: names.slice(0, NAMED).join(", ") + further, count: names.length })}
        </Severity>
      ) : null}
      <Link href={review} className="link ml-auto">
        {t("review")}
      </Link>
    </section>
  );
}

/** The newest of a row of values once no other has come for a while. */
function usePaused(value: Config): Config {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}
