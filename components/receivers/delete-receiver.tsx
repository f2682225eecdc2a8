"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Receiver } from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import { InUseDialog } from "../editor/in-use-dialog";
import { receiverUses, replaceReceiver } from "../editor/route-uses";
import { useEdits } from "../editor/use-change";
import { useToast } from "../ui/toast";
import { removeReceiver } from "./receiver-edits";

/** Unused goes at once, with undo. Used says by whom and offers who takes over. */
export function useDeleteReceiver(afterwards?: () => void) {
  const t = useTranslations("receivers");
  const { toast } = useToast();
  const { store } = useEditor();
  const { updateConfig, undo } = useEdits();
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
    else setAsking(receiver);
  };
  const { config } = store.state().document;
  const dialog = asking ? (
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
