"use client";

import { Copy, Lock, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo, useRef } from "react";
import type { Receiver } from "@/lib/alertmanager";
import { coversReceiver } from "@/lib/tenancy/grants/covers/contract";
import { useFindingsBelow } from "../editor/change-context";
import { useEdits } from "../editor/use-change";
import { useNear } from "../editor/use-near";
import { worstLevel } from "../fields/severity-level";
import { useTenant } from "../http/tenant-context";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Severity } from "../ui/severity";
import { IntegrationIcon } from "./integration-icon";
import { INTEGRATION_LABELS } from "./integration-labels";
import { duplicateReceiver, entriesOf } from "./receiver-edits";

export type ReceiverEntry = { receiver: Receiver; index: number; uses: number };

const CHUNK = 40;
const ROW_HEIGHT = 40;
const ROW =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-1 md:min-h-10 md:grid-cols-[minmax(160px,1fr)_minmax(0,2fr)_140px_64px]";

type TableProps = { entries: readonly ReceiverEntry[]; remove: (receiver: Receiver) => void };

/** A table of any length: rows far out of sight are not made until somebody scrolls near them, and not painted later. */
export function ReceiverTable({ entries, remove }: TableProps) {
  const t = useTranslations("receivers");
  const chunks = Array.from({ length: Math.ceil(entries.length / CHUNK) }, (_, chunk) => {
    const start = chunk * CHUNK;
    return { start, rows: entries.slice(start, start + CHUNK) };
  });
  return (
    <table className="block text-13" aria-label={t("title")} aria-rowcount={entries.length + 1}>
      <thead className="block border-b max-md:sr-only">
        <tr className={cn(ROW, "text-12 text-muted md:min-h-9")}>
          <th className="text-left font-medium">{t("name")}</th>
          <th className="text-left font-medium">{t("integrations")}</th>
          <th className="text-left font-medium">{t("use")}</th>
          <th>
            <span className="sr-only">{t("actions")}</span>
          </th>
        </tr>
      </thead>
      {chunks.map(({ start, rows }) => (
        <Chunk key={start} entries={rows} first={start + 2} startsNear={start === 0} remove={remove} />
      ))}
    </table>
  );
}

type ChunkProps = TableProps & { first: number; startsNear: boolean };

function Chunk({ entries, first, startsNear, remove }: ChunkProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const near = useNear(body, startsNear);
  const height = `${entries.length * ROW_HEIGHT}px`;
  return (
    <tbody
      ref={body}
      className="block border-b [content-visibility:auto] last:border-b-0"
      style={near ? { containIntrinsicSize: `auto ${height}` } : { height }}
    >
      {near
        ? entries.map(({ receiver, index, uses }, row) => (
            <ReceiverRow
              key={receiver.id}
              receiver={receiver}
              index={index}
              uses={uses}
              row={first + row}
              remove={remove}
            />
          ))
        : null}
    </tbody>
  );
}

type RowProps = ReceiverEntry & { row: number; remove: (receiver: Receiver) => void };

/** `remove` is another function each time but always does the same, so it decides nothing here. */
const ReceiverRow = memo(
  PlainRow,
  (before, after) =>
    before.receiver === after.receiver &&
    before.index === after.index &&
    before.uses === after.uses &&
    before.row === after.row,
);

function PlainRow({ receiver, index, uses, row, remove }: RowProps) {
  const t = useTranslations("receivers");
  const people = useTranslations("people");
  const tenant = useTenant();
  const locked = tenant.grants !== null && !coversReceiver(tenant.grants, receiver.name);
  const problems = useFindingsBelow(["receivers", index]);
  return (
    <tr aria-rowindex={row} className={cn(ROW, "border-b last:border-0 hover:bg-hover")}>
      <td className="min-w-0 py-1">
        <Link
          href={tenant.href(`receivers/${receiver.id}`)}
          prefetch={false}
          className="link font-mono text-12 font-medium [overflow-wrap:anywhere]"
        >
          {receiver.name || t("unnamed")}
        </Link>
        {locked ? (
          <span className="ml-2 inline-flex items-center gap-1 text-12 text-muted" title={people("locked")}>
            <Lock aria-hidden className="size-3" />
            {people("lockedShort")}
          </span>
        ) : null}
      </td>
      <td className="min-w-0 max-md:col-span-2 max-md:row-start-2 max-md:pb-1">
        <span className="flex flex-wrap items-center gap-1.5">
          <Kinds receiver={receiver} />
          {problems.length > 0 ? (
            <Severity level={worstLevel(problems)}>{t("problems", { count: problems.length })}</Severity>
          ) : null}
        </span>
      </td>
      <td className="max-md:col-span-2 max-md:row-start-3 max-md:pb-1">
        {uses > 0 ? (
          <Link
            href={`${tenant.href("routes")}?receiver=${encodeURIComponent(receiver.name)}`}
            prefetch={false}
            className="link whitespace-nowrap"
          >
            {t("usedBy", { count: uses })}
          </Link>
        ) : (
          <Tag>{t("unused")}</Tag>
        )}
      </td>
      <td className="text-right whitespace-nowrap max-md:col-start-2 max-md:row-start-1">
        {locked ? null : <RowTools receiver={receiver} remove={remove} />}
      </td>
    </tr>
  );
}

/** What it sends to; the same kind several times says how many. */
function Kinds({ receiver }: { receiver: Receiver }) {
  const t = useTranslations("receivers");
  const entries = entriesOf(receiver);
  const kinds = [...new Set(entries.map(({ key }) => key))];
  if (kinds.length === 0) return <span className="text-muted">{t("sendsNothing")}</span>;
  return kinds.map((key) => {
    const count = entries.filter((entry) => entry.key === key).length;
    return (
      <Tag key={key}>
        <IntegrationIcon kind={key} />
        {INTEGRATION_LABELS[key]}
        {count > 1 ? <span className="text-muted">× {count}</span> : null}
      </Tag>
    );
  });
}

function RowTools({ receiver, remove }: Pick<RowProps, "receiver" | "remove">) {
  const t = useTranslations("receivers");
  const { readOnly, updateConfig } = useEdits();
  if (readOnly) return null;
  return (
    <>
      <Button
        size="icon-sm"
        variant="quiet"
        onClick={() => updateConfig((current) => duplicateReceiver(current, receiver.id, () => crypto.randomUUID()))}
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
  );
}
