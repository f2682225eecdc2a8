"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Receiver } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import { removeReceiver, replaceInRoutes, routesTo } from "./receiver-edits";

/** Unused goes at once, with undo. Used says by whom and offers who takes over. */
export function useDeleteReceiver(afterwards?: () => void) {
  const t = useTranslations("receivers");
  const { toast } = useToast();
  const { config, updateConfig, undo } = useChange();
  const [asking, setAsking] = useState<Receiver | null>(null);

  const remove = (receiver: Receiver, replacement?: string) => {
    updateConfig((current) => {
      const replaced = replacement === undefined ? current : replaceInRoutes(current, receiver.name, replacement);
      return removeReceiver(replaced, receiver.id);
    });
    setAsking(null);
    toast({ title: t("deleted", { name: receiver.name }), action: { label: t("undo"), onSelect: undo } });
    afterwards?.();
  };
  const request = (receiver: Receiver) => {
    if (routesTo(config, receiver.name).length === 0) remove(receiver);
    else setAsking(receiver);
  };
  const dialog = asking ? <InUseDialog receiver={asking} close={() => setAsking(null)} replace={remove} /> : null;
  return { request, dialog };
}

type InUseProps = { receiver: Receiver; close: () => void; replace: (receiver: Receiver, replacement: string) => void };

function InUseDialog({ receiver, close, replace }: InUseProps) {
  const t = useTranslations("receivers");
  const { config } = useChange();
  const others = (config.receivers ?? []).filter(({ id }) => id !== receiver.id);
  const [replacement, setReplacement] = useState(others[0]?.name ?? "");
  const routes = routesTo(config, receiver.name);
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("inUseTitle", { name: receiver.name })}
        description={t("inUseText", { count: routes.length })}
        footer={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button variant="danger" disabled={replacement === ""} onClick={() => replace(receiver, replacement)}>
              {t("replaceAndDelete")}
            </Button>
          </>
        }
      >
        <ul className="mb-4 grid gap-1 font-mono text-12">
          {routes.map((route) => (
            <li key={route.id}>
              {route.id === config.route?.id ? t("rootRoute") : (route.matchers ?? []).join(", ") || t("anyAlert")}
            </li>
          ))}
        </ul>
        <FormField id="replacement" label={t("replaceWith")}>
          {(control) => (
            <Select mono value={replacement} onChange={(event) => setReplacement(event.target.value)} {...control}>
              {others.map(({ id, name }) => (
                <option key={id} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      </DialogContent>
    </Dialog>
  );
}
