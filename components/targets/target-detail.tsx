"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Copy, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import type { TargetDto } from "@/lib/targets/contract";
import { ApiError } from "../http/api";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { PageHeader } from "../ui/page";
import { Notice } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import { DRIFT_LEVELS, Drift } from "./drift";
import { liveQuery, targetsQuery } from "./queries";
import { TargetFacts } from "./target-list";
import { YamlView } from "./yaml-view";

export function TargetDetail({ id }: { id: string }) {
  const t = useTranslations("targets");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { data, error, isPending, isFetching } = useQuery(targetsQuery(tenant));
  const target = data?.find((candidate) => candidate.id === id);
  const checkAgain = () => client.invalidateQueries({ queryKey: targetsQuery(tenant).queryKey });

  if (isPending) return <SkeletonRows label={common("loading")} />;
  if (!target) return <ErrorNotice error={error ?? new ApiError("not_found", "")} onRetry={checkAgain} />;
  return (
    <>
      <PageHeader
        title={target.name}
        mono
        facts={<TargetFacts target={target} />}
        actions={
          <Button onClick={checkAgain} pending={isFetching}>
            {isFetching ? null : <RefreshCw aria-hidden />}
            {t("checkNow")}
          </Button>
        }
      />
      <State target={target} />
      {target.drift.places.length > 0 ? <Places target={target} /> : null}
      <Live target={target} />
    </>
  );
}

function State({ target }: { target: TargetDto }) {
  const t = useTranslations("targets");
  return (
    <Notice level={DRIFT_LEVELS[target.drift.state]} title={t(`drift.${target.drift.state}`)}>
      <p>{t(`driftText.${target.drift.state}`)}</p>
      <p className="mt-1 text-12 text-muted">
        {target.publishedRevision === null ? t("never") : t("revision", { revision: target.publishedRevision })}
        {target.publishedAt ? (
          <>
            {" · "}
            {t("published")} <RelativeTime value={target.publishedAt} />
          </>
        ) : null}
        {" · "}
        {t("checked")} <RelativeTime value={target.drift.checkedAt} />
      </p>
    </Notice>
  );
}

function Places({ target }: { target: TargetDto }) {
  const t = useTranslations("targets");
  const addressOf = (replica: string) => target.replicas.find((known) => known.name === replica)?.url;
  return (
    <Card>
      <Table label={t("replicas", { count: target.drift.places.length })}>
        <thead>
          <tr>
            <Th>{t("place")}</Th>
            <Th>{t("address")}</Th>
            <Th>{t("state")}</Th>
          </tr>
        </thead>
        <tbody>
          {target.drift.places.map((place) => (
            <Tr key={place.replica}>
              <Td className="font-mono text-12">{place.replica}</Td>
              <Td className="font-mono text-12 [overflow-wrap:anywhere]">{addressOf(place.replica) ?? ""}</Td>
              <Td>
                <Drift state={place.state} />
                {place.detail ? <p className="text-12 text-muted [overflow-wrap:anywhere]">{place.detail}</p> : null}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Live({ target }: { target: TargetDto }) {
  const t = useTranslations("targets.live");
  const common = useTranslations("common");
  const tenant = useTenant();
  const { toast } = useToast();
  const { data, error, isPending, refetch } = useQuery(liveQuery(tenant, target.id));
  const yaml = data?.yaml;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          <span className="max-sm:hidden">{t("masked")}</span>
          {yaml ? (
            <Button
              size="sm"
              onClick={() => navigator.clipboard.writeText(yaml).then(() => toast({ title: common("copied") }))}
            >
              <Copy aria-hidden />
              {t("copy")}
            </Button>
          ) : null}
        </CardAside>
      </CardHeader>
      {isPending ? <SkeletonRows label={common("loading")} /> : null}
      {error && !data ? <ErrorNotice error={error} onRetry={refetch} className="m-4" /> : null}
      {data && data.yaml === null ? <p className="p-4 text-muted">{t("nothing")}</p> : null}
      {yaml ? <YamlView yaml={yaml} label={t("yaml", { name: target.name })} /> : null}
    </Card>
  );
}
