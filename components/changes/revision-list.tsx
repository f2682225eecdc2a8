"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompare, History } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { PageBody, PageHeader } from "../ui/page";
import { Severity } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { revisionsQuery } from "./queries";

export function RevisionList() {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const query = useQuery(revisionsQuery(tenant));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        facts={
          <>
            <span>{t("lead")}</span>
            <Room quota="revisions" />
          </>
        }
        actions={
          (query.data?.length ?? 0) > 1 ? (
            <Button asChild>
              <Link href={tenant.href("revisions/compare")}>
                <GitCompare aria-hidden />
                {t("compare")}
              </Link>
            </Button>
          ) : null
        }
      />
      <Card>
        <Loaded query={query} className="m-4">
          {(data) =>
            data.length === 0 ? (
              <EmptyState icon={History} title={t("emptyTitle")}>
                <p>{t("emptyText")}</p>
              </EmptyState>
            ) : (
              <Table label={t("title")}>
                <thead>
                  <tr>
                    <Th numeric>#</Th>
                    <Th>{t("change")}</Th>
                    <Th className="max-sm:hidden">{t("by")}</Th>
                    <Th>{t("frozen")}</Th>
                    <Th className="max-md:hidden">SHA-256</Th>
                  </tr>
                </thead>
                <tbody>
                  {data
                    .toSorted((a, b) => b.number - a.number)
                    .map((revision) => (
                      <Tr key={revision.number}>
                        <Td numeric>{revision.number}</Td>
                        <Td>
                          <span className="flex flex-wrap items-center gap-x-2">
                            <Link className="link font-medium" href={tenant.href(`revisions/${revision.number}`)}>
                              {revision.title || t("untitled")}
                            </Link>
                            {revision.live ? <Severity level="success">{t("live")}</Severity> : null}
                          </span>
                          {revision.comment ? <p className="text-12 text-muted">{revision.comment}</p> : null}
                        </Td>
                        <Td className="max-sm:hidden">{revision.createdBy}</Td>
                        <Td>
                          {revision.publishedAt ? (
                            <RelativeTime value={revision.publishedAt} />
                          ) : (
                            <Tag>{t("neverPublished")}</Tag>
                          )}
                        </Td>
                        <Td className="max-md:hidden">
                          <code className="text-muted">{revision.sha256.slice(0, 12)}</code>
                        </Td>
                      </Tr>
                    ))}
                </tbody>
              </Table>
            )
          }
        </Loaded>
      </Card>
    </PageBody>
  );
}
