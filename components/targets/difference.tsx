"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { TargetDifference } from "@/lib/publishing/contract";
import { TextDiff } from "../editor/text-diff";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { Notice } from "../ui/severity";
import { differenceQuery, type PlaceAt } from "./queries";
import { YamlView } from "./yaml-view";

/**
 * What lies at a target, before anybody writes over it: as a difference to what was published there last, or to what a
 * change would publish. Secrets are masked on both sides.
 */
export function Difference({ place, changeId }: { place: PlaceAt; changeId?: string }) {
  const tenant = useTenant();
  const query = useQuery(differenceQuery(tenant, place, changeId));
  return <Loaded query={query}>{(found) => <Shown found={found} wouldPublish={changeId !== undefined} />}</Loaded>;
}

function Shown({ found, wouldPublish }: { found: TargetDifference; wouldPublish: boolean }) {
  const t = useTranslations("targets.difference");
  const { ours, live, replica, target, revision } = found;
  const at = replica === target ? target : `${target} · ${replica}`;
  if (found.unreadable) return <Notice level="critical" title={t("unreadable", { at })} />;
  if (live === null && ours === null) return <Notice level="neutral" title={t("nothing", { at })} />;
  if (found.hidden)
    return (
      <Notice level="warning" title={t("hidden", { at })}>
        <p>{t("hiddenText")}</p>
      </Notice>
    );
  if (ours === null || live === null || ours === live)
    return <OneSide text={live ?? ours ?? ""} at={at} gone={live === null} />;
  const theirs = t("live", { at });
  return wouldPublish ? (
    <TextDiff title={at} before={live} after={ours} labels={{ before: theirs, after: t("change") }} />
  ) : (
    <TextDiff
      title={at}
      before={ours}
      after={live}
      labels={{ before: t("revision", { revision: revision ?? 0 }), after: theirs }}
    />
  );
}

function OneSide({ text, at, gone }: { text: string; at: string; gone: boolean }) {
  const t = useTranslations("targets.difference");
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{gone ? t("wasThere") : t("runsNow")}</CardTitle>
        <CardAside>{t("masked")}</CardAside>
      </CardHeader>
      <YamlView yaml={text} label={t("live", { at })} />
    </Card>
  );
}
