"use client";

import { Bell, Copy, Search, Settings2, Trash2, Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { INTEGRATIONS, type Receiver } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { useFields } from "../fields/environment";
import { worstLevel } from "../fields/field-diagnostics";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page";
import { Severity } from "../ui/severity";
import { Table, Td, Th, Tr } from "../ui/table";
import { useDeleteReceiver } from "./delete-receiver";
import { IntegrationIcon } from "./integration-icon";
import { NewReceiver } from "./new-receiver";
import { duplicateReceiver, entriesOf, routesTo } from "./receiver-edits";

function matches(receiver: Receiver, query: string): boolean {
  const words = [receiver.name, ...entriesOf(receiver).map(({ key }) => `${key} ${INTEGRATIONS[key].label}`)];
  return words.join(" ").toLowerCase().includes(query.trim().toLowerCase());
}

export function ReceiverList() {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const { config, readOnly } = useChange();
  const [query, setQuery] = useQueryState("q", { defaultValue: "" });
  const { request, dialog } = useDeleteReceiver();
  const receivers = config.receivers ?? [];
  const shown = receivers
    .map((receiver, index) => ({ receiver, index }))
    .filter(({ receiver }) => matches(receiver, query));

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<span>{t("count", { count: receivers.length })}</span>}
        actions={
          <>
            <Button asChild>
              <Link href={tenant.href("global")}>
                <Settings2 aria-hidden />
                {t("global")}
              </Link>
            </Button>
            {readOnly ? null : (
              <>
                <Button asChild>
                  <Link href={tenant.href("import")}>
                    <Upload aria-hidden />
                    {t("import")}
                  </Link>
                </Button>
                <NewReceiver />
              </>
            )}
          </>
        }
      />
      <div className="relative max-w-[360px]">
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
          aria-hidden
        />
        <Input
          type="search"
          className="pl-8"
          value={query}
          placeholder={t("search")}
          aria-label={t("search")}
          onChange={(event) => void setQuery(event.target.value || null)}
        />
      </div>
      <Card>
        {shown.length === 0 ? (
          <EmptyState icon={Bell} title={receivers.length === 0 ? t("emptyTitle") : t("nothingFound")}>
            <p>{receivers.length === 0 ? t("emptyText") : t("nothingFoundText")}</p>
          </EmptyState>
        ) : (
          <Table label={t("title")}>
            <thead>
              <tr>
                <Th>{t("name")}</Th>
                <Th>{t("integrations")}</Th>
                <Th>{t("use")}</Th>
                <Th>
                  <span className="sr-only">{t("actions")}</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ receiver, index }) => (
                <ReceiverRow key={receiver.id} receiver={receiver} index={index} remove={request} />
              ))}
            </tbody>
          </Table>
        )}
      </Card>
      {dialog}
    </>
  );
}

type RowProps = { receiver: Receiver; index: number; remove: (receiver: Receiver) => void };

function ReceiverRow({ receiver, index, remove }: RowProps) {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const { config, readOnly, updateConfig } = useChange();
  const { diagnosticsAt } = useFields();
  const uses = routesTo(config, receiver.name).length;
  const problems = diagnosticsAt(["receivers", index], true);
  const entries = entriesOf(receiver);
  return (
    <Tr>
      <Td>
        <Link href={tenant.href(`receivers/${receiver.id}`)} className="link font-mono text-12 font-medium">
          {receiver.name || t("unnamed")}
        </Link>
      </Td>
      <Td>
        <span className="flex flex-wrap items-center gap-1.5">
          {entries.map(({ key, integration }) => (
            <Tag key={integration.id}>
              <IntegrationIcon kind={key} />
              {INTEGRATIONS[key].label}
            </Tag>
          ))}
          {entries.length === 0 ? <span className="text-muted">{t("sendsNothing")}</span> : null}
          {problems.length > 0 ? (
            <Severity level={worstLevel(problems)}>{t("problems", { count: problems.length })}</Severity>
          ) : null}
        </span>
      </Td>
      <Td>
        {uses > 0 ? (
          <Link
            href={`${tenant.href("routes")}?receiver=${encodeURIComponent(receiver.name)}`}
            className="link whitespace-nowrap"
          >
            {t("usedBy", { count: uses })}
          </Link>
        ) : (
          <Tag>{t("unused")}</Tag>
        )}
      </Td>
      <Td className="text-right whitespace-nowrap">
        {readOnly ? null : (
          <>
            <Button
              size="icon-sm"
              variant="quiet"
              onClick={() =>
                updateConfig((current) => duplicateReceiver(current, receiver.id, () => crypto.randomUUID()))
              }
              aria-label={t("duplicateOf", { name: receiver.name })}
            >
              <Copy aria-hidden />
            </Button>
            <Button
              size="icon-sm"
              variant="quiet"
              onClick={() => remove(receiver)}
              aria-label={t("deleteOf", { name: receiver.name })}
            >
              <Trash2 aria-hidden />
            </Button>
          </>
        )}
      </Td>
    </Tr>
  );
}
