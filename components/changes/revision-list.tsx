"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { PageBody, PageHeader } from "../ui/page";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { revisionsQuery } from "./queries";

export function RevisionList() {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const { data, error, refetch } = useQuery(revisionsQuery(tenant));
  return (
    <PageBody>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      {error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null}
      <Card>
        {data === undefined ? (
          <SkeletonRows label={t("loading")} />
        ) : data.length === 0 ? (
          <EmptyState icon={History} title={t("emptyTitle")}>
            <p>{t("emptyText")}</p>
          </EmptyState>
        ) : (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th numeric>#</Th>
                <Th>{t("change")}</Th>
                <Th>{t("by")}</Th>
                <Th>{t("frozen")}</Th>
                <Th>SHA-256</Th>
              </tr>
            </thead>
            <tbody>
              {data
                .toSorted((a, b) => b.number - a.number)
                .map((revision) => (
                  <Tr key={revision.number}>
                    <Td numeric>
                      <Link className="link" href={tenant.href(`revisions/${revision.number}`)}>
                        {revision.number}
                      </Link>
                    </Td>
                    <Td>
                      <Link className="link" href={tenant.href(`changes/${revision.changeId}`)}>
                        {revision.title || t("untitled")}
                      </Link>{" "}
                      {revision.live ? <Severity level="success">{t("live")}</Severity> : null}
                      {revision.publishedAt ? null : <Tag>{t("neverPublished")}</Tag>}
                      {revision.comment ? <p className="text-12 text-muted">{revision.comment}</p> : null}
                    </Td>
                    <Td>{revision.createdBy}</Td>
                    <Td>
                      <RelativeTime value={revision.publishedAt ?? revision.createdAt} />
                    </Td>
                    <Td>
                      <code className="text-muted">{revision.sha256.slice(0, 12)}</code>
                    </Td>
                  </Tr>
                ))}
            </tbody>
          </Table>
        )}
      </Card>
    </PageBody>
  );
}
