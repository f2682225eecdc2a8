"use client";

import { Copy, CornerDownRight, Send, Trash2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { MoveDialog, ReceiverDialog } from "./marked-dialogs";
import { useMarked, useMarks } from "./marks";
import type { RouteRow } from "./route-edits";
import type { RouteActions } from "./use-route-actions";

/** What can be done with all routes that are marked; there only while some are. */
export function MarkedBar({ rows, actions }: { rows: readonly RouteRow[]; actions: RouteActions }) {
  const t = useTranslations("routes");
  const marks = useMarks();
  const marked = useMarked(marks);
  const [asking, setAsking] = useState<"move" | "receiver" | null>(null);
  if (marked.size === 0) return null;
  const close = () => setAsking(null);
  return (
    <section
      aria-label={t("markedLabel")}
      className="sticky top-12 z-20 flex flex-wrap items-center gap-2 border-b bg-accent-soft px-3 py-2"
    >
      <span role="status" className="mr-1 font-medium">
        {t("marked", { count: marked.size })}
      </span>
      <Button size="sm" onClick={() => setAsking("receiver")}>
        <Send aria-hidden />
        {t("setReceiver")}
      </Button>
      <Button size="sm" onClick={() => setAsking("move")}>
        <CornerDownRight aria-hidden />
        {t("moveTo")}
      </Button>
      <Button size="sm" onClick={actions.duplicateMarked}>
        <Copy aria-hidden />
        {t("duplicate")}
      </Button>
      <Button size="sm" variant="danger" onClick={actions.removeMarked}>
        <Trash2 aria-hidden />
        {t("delete")}
      </Button>
      <Button size="icon-sm" variant="quiet" className="ml-auto" onClick={marks.clear} aria-label={t("unmark")}>
        <X aria-hidden />
      </Button>
      {asking === "receiver" ? <ReceiverDialog count={marked.size} apply={actions.setReceiver} close={close} /> : null}
      {asking === "move" ? <MoveDialog rows={rows} marked={marked} apply={actions.moveMarked} close={close} /> : null}
    </section>
  );
}
