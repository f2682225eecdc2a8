"use client";

import { useIsFetching, useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import type { TargetDto } from "@/lib/targets/contract";
import { ApiError } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { PageHeader } from "../ui/page";
import { Notice } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { Difference } from "./difference";
import { DRIFT_LEVELS, Drift } from "./drift";
import { targetsQuery } from "./queries";
import { TargetFacts } from "./target-list";
import { VersionGapNotices } from "./version-gaps";
import { WaysOut } from "./ways-out";

export function TargetDetail({ id }: { id: string }) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const client = useQueryClient();
  const [replica, setReplica] = useQueryState("replica", parseAsString);
  const query = useQuery(targetsQuery(tenant));
  const { queryKey } = targetsQuery(tenant);
  const looking = useIsFetching({ queryKey }) > 0;
  // Below the key of all targets, hence the difference too.
  const checkAgain = () => client.invalidateQueries({ queryKey });
  return (
    <Loaded query={query}>
      {(targets) => {
        const target = targets.find((candidate) => candidate.id === id);
        if (!target) return <ErrorNotice error={new ApiError("not_found", "")} onRetry={checkAgain} />;
        return (
          <>
            <PageHeader
              title={target.name}
              mono
              facts={<TargetFacts target={target} />}
              actions={
                <Button onClick={checkAgain} pending={looking}>
                  {looking ? null : <RefreshCw aria-hidden />}
                  {t("checkNow")}
                </Button>
              }
            />
            <VersionGapNotices target={target} />
            <State target={target} replica={replica} />
            {target.drift.places.length > 1 ? (
              <Places target={target} chosen={replica} onChoose={(name) => void setReplica(name)} />
            ) : null}
            <Difference place={{ targetId: target.id, ...(replica ? { replica } : {}) }} />
          </>
        );
      }}
    </Loaded>
  );
}

function State({ target, replica }: { target: TargetDto; replica: string | null }) {
  const t = useTranslations("targets");
  const { state, acknowledged, checkedAt } = target.drift;
  return (
    <Notice
      level={DRIFT_LEVELS[state]}
      title={t(`drift.${state}`)}
      actions={state === "in_sync" ? undefined : <WaysOut target={target} replica={replica} />}
    >
      <p>{t(`driftText.${state}`)}</p>
      <p className="mt-1 text-12 text-muted">
        {target.publishedRevision === null ? t("never") : t("revision", { revision: target.publishedRevision })}
        {target.publishedAt ? (
          <>
            {" · "}
            {t("published")} <RelativeTime value={target.publishedAt} />
          </>
        ) : null}
        {" · "}
        {t("checked")} <RelativeTime value={checkedAt} />
        {acknowledged ? ` · ${t("acknowledged")}` : null}
      </p>
    </Notice>
  );
}

type PlacesProps = { target: TargetDto; chosen: string | null; onChoose: (replica: string) => void };

/** Several files of one target: the one that is looked at can be chosen. */
function Places({ target, chosen, onChoose }: PlacesProps) {
  const t = useTranslations("targets");
  const replicaOf = (name: string) => target.replicas.find((known) => known.name === name);
  return (
    <Card>
      <Table label={t("replicas", { count: target.drift.places.length })}>
        <thead>
          <tr>
            <Th>{t("place")}</Th>
            <Th className="max-sm:hidden">{t("address")}</Th>
            <Th>{t("state")}</Th>
            <Th>
              <span className="sr-only">{t("look")}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {target.drift.places.map((place) => (
            <Tr key={place.replica}>
              <Td className="font-mono text-12 [overflow-wrap:anywhere]">{place.replica}</Td>
              <Td className="font-mono text-12 [overflow-wrap:anywhere] max-sm:hidden">
                {replicaOf(place.replica)?.url ?? ""}
                <ReplicaVersion version={replicaOf(place.replica)?.version} />
              </Td>
              <Td>
                <Drift state={place.state} />
                {place.detail ? <p className="text-12 text-muted [overflow-wrap:anywhere]">{place.detail}</p> : null}
              </Td>
              <Td numeric>
                <Button
                  size="sm"
                  aria-pressed={chosen === place.replica}
                  aria-label={t("lookAt", { name: place.replica })}
                  onClick={() => onChoose(place.replica)}
                >
                  {t("look")}
                </Button>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function ReplicaVersion({ version }: { version: string | undefined }) {
  const t = useTranslations("targets.versionGap");
  return version ? <p className="font-sans text-muted">{t("runs", { version })}</p> : null;
}
