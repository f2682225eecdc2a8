"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Health } from "@/lib/operations/contract";
import { Loaded } from "../http/loaded";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { Severity } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { healthQuery } from "./queries";
import { useTenantNames } from "./tenant-names";

/** How the installation is, looked at every ten seconds. */
export function HealthPage() {
  const query = useQuery(healthQuery);
  return (
    <Loaded query={query}>
      {(health) => (
        <>
          <Checks health={health} />
          <Workers health={health} />
          <Failures health={health} />
        </>
      )}
    </Loaded>
  );
}

function Checks({ health: { database, migrations, keys, publishing, drifted, tenants } }: { health: Health }) {
  const t = useTranslations("platform.health");
  const format = useFormatter();
  const size = format.number(database.bytes / 1_048_576, { maximumFractionDigits: 0 });
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
          <Fact name={t("database")}>
            <State {...database} />
            {t("databaseFacts", { version: database.version, size, connections: database.connections })}
          </Fact>
          <Fact name={t("migrations")}>
            <State {...migrations} />
          </Fact>
          <Fact name={t("keys")}>
            <State {...keys} />
          </Fact>
          <Fact name={t("tenants")}>{t("tenantCounts", tenants)}</Fact>
          <Fact name={t("drift")}>{drifted === null ? t("notYet") : t("drifted", { count: drifted })}</Fact>
          <Fact name={t("publishing")}>
            {t("open", { count: publishing.open })}
            {publishing.oldest ? <RelativeTime value={publishing.oldest} /> : null}
          </Fact>
        </dl>
      </CardBody>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="flex flex-wrap items-center gap-x-3 gap-y-1">{children}</dd>
    </>
  );
}

function State({ ok, detail }: { ok: boolean; detail: string }) {
  const t = useTranslations("platform.health");
  return (
    <>
      <Severity level={ok ? "success" : "critical"}>{t(ok ? "ok" : "broken")}</Severity>
      {detail ? <span>{detail}</span> : null}
    </>
  );
}

function Workers({ health: { workers, publishing } }: { health: Health }) {
  const t = useTranslations("platform.health");
  const nameOf = useTenantNames(publishing.leases.map(({ tenantId }) => tenantId));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("workers")}</CardTitle>
      </CardHeader>
      <CardBody className="text-soft">{t("workersText")}</CardBody>
      <Table label={t("workers")}>
        <thead>
          <tr>
            <Th>{t("worker")}</Th>
            <Th>{t("state")}</Th>
            <Th numeric>{t("round")}</Th>
          </tr>
        </thead>
        <tbody>
          {workers.map(({ name, lastRoundAt, lastError }) => (
            <Tr key={name}>
              <Td className="font-mono text-12">{name}</Td>
              <Td>
                <State ok={lastError === null} detail={lastError ?? ""} />
              </Td>
              <Td numeric className="text-soft">
                <RelativeTime value={lastRoundAt} />
              </Td>
            </Tr>
          ))}
          {publishing.leases.map(({ tenantId, owner, until, attempts }) => (
            <Tr key={`${tenantId} ${owner}`}>
              <Td className="font-mono text-12">{owner}</Td>
              <Td>{t("lease", { tenant: nameOf(tenantId), attempts })}</Td>
              <Td numeric className="text-soft">
                <RelativeTime value={until} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function Failures({ health: { failures } }: { health: Health }) {
  const t = useTranslations("platform.health");
  const nameOf = useTenantNames(failures.map(({ tenantId }) => tenantId));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("failures")}</CardTitle>
      </CardHeader>
      {failures.length === 0 ? (
        <CardBody className="text-soft">{t("noFailures")}</CardBody>
      ) : (
        <Table label={t("failures")}>
          <thead>
            <tr>
              <Th>{t("tenant")}</Th>
              <Th numeric>{t("revision")}</Th>
              <Th>{t("what")}</Th>
              <Th numeric>{t("when")}</Th>
            </tr>
          </thead>
          <tbody>
            {failures.map(({ tenantId, revision, detail, at }) => (
              <Tr key={`${tenantId} ${at}`}>
                <Td>
                  <Link className="link" href={`/platform/tenants/${tenantId}`}>
                    {nameOf(tenantId)}
                  </Link>
                </Td>
                <Td numeric>{revision}</Td>
                <Td className="[overflow-wrap:anywhere]">{detail}</Td>
                <Td numeric className="text-soft">
                  <RelativeTime value={at} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}
