"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { GitPullRequestArrow, Pencil, Upload } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { type ChangeSummary, isOpen } from "@/lib/configuration/contract";
import { changesQuery } from "../editor/queries";
import { chooseChange } from "../editor/session";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Badge, Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { PageBody, PageHeader } from "../ui/page";
import { ActionsTh, Table, Td, Th, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";

export function ChangeList() {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const query = useQuery(changesQuery(tenant));
  const [shown, setShown] = useQueryState("show", parseAsStringLiteral(["open", "mine"] as const));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        facts={
          <>
            <span>{t("lead")}</span>
            <Room quota="openChanges" />
          </>
        }
        actions={
          tenant.can("configuration:edit") ? (
            <Button asChild>
              <Link href={tenant.href("import")}>
                <Upload aria-hidden />
                {t("importYaml")}
              </Link>
            </Button>
          ) : null
        }
      />
      <Card>
        <ListFilter shown={shown} show={setShown} waiting={query.data?.filter((one) => one.waitsForMe).length ?? 0} />
        <Loaded query={query} className="m-4">
          {(data) =>
            data.length === 0 ? (
              <EmptyState
                icon={GitPullRequestArrow}
                title={t("emptyTitle")}
                actions={
                  <Button asChild>
                    <Link href={tenant.href("receivers")}>{t("toReceivers")}</Link>
                  </Button>
                }
              >
                <p>{t("emptyText")}</p>
              </EmptyState>
            ) : (
              <Table label={t("title")}>
                <thead>
                  <tr>
                    <Th numeric className="max-sm:hidden">
                      #
                    </Th>
                    <Th>{t("changeTitle")}</Th>
                    <Th>{t("status")}</Th>
                    <Th className="max-sm:hidden">{t("by")}</Th>
                    <Th>{t("updated")}</Th>
                    <ActionsTh>{t("actions")}</ActionsTh>
                  </tr>
                </thead>
                <tbody>
                  {data
                    .filter(
                      (change) => shown === null || (shown === "mine" ? change.waitsForMe : isOpen(change.status)),
                    )
                    .toSorted((a, b) => b.number - a.number)
                    .map((change) => (
                      <ChangeRow key={change.id} change={change} />
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

type Shown = "open" | "mine" | null;

function ListFilter({ shown, show, waiting }: { shown: Shown; show: (next: Shown) => void; waiting: number }) {
  const t = useTranslations("changes.filter");
  return (
    <fieldset className="flex flex-wrap gap-2 border-b px-4 py-2">
      <legend className="sr-only">{t("label")}</legend>
      {([null, "open", "mine"] as const).map((one) => (
        <Button key={one} size="sm" variant="quiet" aria-pressed={shown === one} onClick={() => show(one)}>
          {t(one ?? "all")}
          {one === "mine" && waiting > 0 ? <Badge>{waiting}</Badge> : null}
        </Button>
      ))}
    </fieldset>
  );
}

function ChangeRow({ change }: { change: ChangeSummary }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const edit = useEditChange();
  return (
    <Tr>
      <Td numeric className="max-sm:hidden">
        {change.number}
      </Td>
      <Td>
        <Link href={tenant.href(`changes/${change.id}`)} className="link font-medium">
          {change.title || t("untitled", { number: change.number })}
        </Link>
      </Td>
      <Td>
        <Tag>{t(`statuses.${change.status}`)}</Tag>
        {change.revision === null ? null : (
          <Link className="link ml-2 text-12" href={tenant.href(`revisions/${change.revision}`)}>
            {t("revision", { number: change.revision })}
          </Link>
        )}
      </Td>
      <Td className="max-sm:hidden">{change.createdBy}</Td>
      <Td>
        <RelativeTime value={change.updatedAt} />
      </Td>
      <Td className="text-right">
        {isOpen(change.status) && tenant.can("configuration:edit") ? (
          <Button
            size="icon-sm"
            variant="quiet"
            onClick={() => edit(change.id)}
            aria-label={t("editOf", { number: change.number })}
          >
            <Pencil aria-hidden />
          </Button>
        ) : null}
      </Td>
    </Tr>
  );
}

/** Makes the pages edit this change and goes there. */
export function useEditChange(): (id: string) => void {
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  return (id) => {
    chooseChange(tenant, client, id);
    router.push(tenant.href("receivers"));
  };
}
