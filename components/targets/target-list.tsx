"use client";

import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { TargetDto } from "@/lib/targets/contract";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { RelativeTime } from "../ui/time";
import { Drift } from "./drift";
import { targetsQuery } from "./queries";
import { VersionGapLines } from "./version-gaps";

export function TargetList() {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const query = useQuery(targetsQuery(tenant));
  return (
    <Loaded query={query} rows={3}>
      {(targets) =>
        targets.length === 0 ? (
          <Card>
            <EmptyState icon={Server} title={t("none")}>
              {t("noneText")}
            </EmptyState>
          </Card>
        ) : (
          <ul className="grid gap-3">
            {targets.map((target) => (
              <li key={target.id}>
                <TargetCard target={target} href={tenant.href(`targets/${target.id}`)} />
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function TargetCard({ target, href }: { target: TargetDto; href: string }) {
  const t = useTranslations("targets");
  return (
    <Card className="relative hover:border-line-strong">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-3">
        <h2 className="font-mono text-14 font-semibold">
          <Link href={href} className="after:absolute after:inset-0 after:rounded-lg">
            {target.name}
          </Link>
        </h2>
        <TargetFacts target={target} />
        <Drift state={target.drift.state} className="ml-auto" />
        <VersionGapLines target={target} />
        <p className="flex basis-full flex-wrap gap-x-3 text-12 text-muted">
          {target.publishedRevision === null ? (
            <span>{t("never")}</span>
          ) : (
            <span>
              {t("revision", { revision: target.publishedRevision })}
              {target.publishedAt ? (
                <>
                  {" "}
                  {t("published")} <RelativeTime value={target.publishedAt} />
                </>
              ) : null}
            </span>
          )}
          <span>
            {t("checked")} <RelativeTime value={target.drift.checkedAt} />
          </span>
        </p>
      </div>
    </Card>
  );
}

export function TargetFacts({ target }: { target: TargetDto }) {
  const t = useTranslations("targets");
  return (
    <span className="flex flex-wrap items-center gap-2">
      <Tag mono>{target.version ? `${t(`kind.${target.kind}`)} ${target.version}` : t(`kind.${target.kind}`)}</Tag>
      <span className="text-12 text-muted">
        {target.version ? t(`version.${target.versionSource}`) : t("version.unknown")}
        {target.replicas.length > 1 ? `, ${t("replicas", { count: target.replicas.length })}` : ""}
      </span>
    </span>
  );
}
