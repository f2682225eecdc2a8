"use client";

import { Bell, Settings2, Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import type { Receiver } from "@/lib/alertmanager";
import type { EditorState } from "../editor/document-store";
import { countUses } from "../editor/route-uses";
import { useEditorState, useEdits } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page";
import { SearchInput } from "../ui/search-input";
import { useDeleteReceiver } from "./delete-receiver";
import { INTEGRATION_LABELS } from "./integration-labels";
import { NewReceiver } from "./new-receiver";
import { entriesOf } from "./receiver-edits";
import { ReceiverTable } from "./receiver-table";

const NONE: readonly Receiver[] = [];
const receiversOf = ({ document }: EditorState): readonly Receiver[] => document.config.receivers ?? NONE;
const routeOf = ({ document }: EditorState) => document.config.route;

/** What a receiver is found by; made once for each, for it is asked with every letter of the filter. */
const found = new WeakMap<Receiver, string>();

function wordsOf(receiver: Receiver): string {
  let words = found.get(receiver);
  if (words === undefined) {
    const kinds = entriesOf(receiver).map(({ key }) => `${key} ${INTEGRATION_LABELS[key]}`);
    words = [receiver.name, ...kinds].join(" ").toLowerCase();
    found.set(receiver, words);
  }
  return words;
}

export function ReceiverList() {
  const t = useTranslations("receivers");
  const receivers = useEditorState(receiversOf);
  const route = useEditorState(routeOf);
  const [query, setQuery] = useQueryState("q", { defaultValue: "" });
  const wanted = useDeferredValue(query).trim().toLowerCase();
  const { request, dialog } = useDeleteReceiver();
  const counts = useMemo(() => countUses(route), [route]);
  const entries = useMemo(
    () =>
      receivers
        .map((receiver, index) => ({ receiver, index, uses: counts.receiver(receiver.name) }))
        .filter(({ receiver }) => wordsOf(receiver).includes(wanted)),
    [receivers, counts, wanted],
  );

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={
          <>
            <span>{t("count", { count: receivers.length })}</span>
            <Room quota="receivers" used={receivers.length} />
          </>
        }
        actions={<PageActions count={receivers.length} />}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SearchInput
          className="w-full max-w-[360px]"
          label={t("search")}
          value={query}
          onChange={(text) => void setQuery(text || null)}
        />
        <span role="status" className="text-12 text-muted">
          {wanted === "" ? null : t("shown", { shown: entries.length, count: receivers.length })}
        </span>
      </div>
      <Card className="overflow-clip">
        {entries.length === 0 ? (
          <EmptyState icon={Bell} title={receivers.length === 0 ? t("emptyTitle") : t("nothingFound")}>
            <p>{receivers.length === 0 ? t("emptyText") : t("nothingFoundText")}</p>
          </EmptyState>
        ) : (
          <ReceiverTable entries={entries} remove={request} />
        )}
      </Card>
      {dialog}
    </>
  );
}

function PageActions({ count }: { count: number }) {
  const t = useTranslations("receivers");
  const tenant = useTenant();
  const { readOnly } = useEdits();
  return (
    <>
      <Button asChild className="max-sm:hidden">
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
          <NewReceiver count={count} />
        </>
      )}
    </>
  );
}
