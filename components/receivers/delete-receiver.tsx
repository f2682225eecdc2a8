"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Receiver } from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import { receiverUses, replaceReceiver } from "../editor/route-uses";
import { useEdits } from "../editor/use-change";
import { late, useLate } from "../ui/late";
import { useToast } from "../ui/toast";
import { removeReceiver } from "./receiver-edits";

const inUse = late(async () => (await import("../editor/in-use-dialog")).InUseDialog);

/** Unused goes at once, with undo. Used says by whom and offers who takes over. */
export function useDeleteReceiver(afterwards?: () => void) {
  const t = useTranslations("receivers");
  const { toast } = useToast();
  const { store } = useEditor();
  const { updateConfig, undo } = useEdits();
  const InUseDialog = useLate(inUse);
  const [asking, setAsking] = useState<Receiver | null>(null);

  const remove = (receiver: Receiver, replacement: string | null) => {
    updateConfig((current) => {
      const replaced = replacement === null ? current : replaceReceiver(current, receiver.name, replacement);
      return removeReceiver(replaced, receiver.id);
    });
    setAsking(null);
    toast({ title: t("deleted", { name: receiver.name }), action: { label: t("undo"), onSelect: undo } });
    afterwards?.();
  };
  const request = (receiver: Receiver) => {
    const { config } = store.state().document;
    const twin = config.receivers?.some(({ id, name }) => id !== receiver.id && name === receiver.name);
    if (twin || receiverUses(config, receiver.name).length === 0) remove(receiver, null);
    else {
      inUse.want();
      setAsking(receiver);
    }
  };
  const { config } = store.state().document;
  const dialog =
    asking && InUseDialog ? (
      <InUseDialog
        name={asking.name}
        uses={receiverUses(config, asking.name)}
        others={(config.receivers ?? []).flatMap(({ id, name }) => (id === asking.id ? [] : [name]))}
        close={() => setAsking(null)}
        replace={(replacement) => remove(asking, replacement)}
      />
    ) : null;
  return { request, dialog };
}
