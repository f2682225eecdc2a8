"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import type { IntegrationKey, Receiver } from "@/lib/alertmanager";
import { INTEGRATION_KEYS } from "@/lib/alertmanager/config/types";
import type { EditorState } from "../editor/document-store";
import { useEditorState, useEdits } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { INTEGRATION_LABELS } from "./integration-labels";
import { addReceiver } from "./receiver-edits";

const receiversOf = ({ document }: EditorState) => document.config.receivers;
const KEYS = INTEGRATION_KEYS.toSorted((a, b) => INTEGRATION_LABELS[a].localeCompare(INTEGRATION_LABELS[b]));

export type NewReceiverDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: RefObject<HTMLElement | null>;
};

/** A name and what it speaks to; the rest is set on the receiver's own page. */
export function NewReceiverDialog({ open, onOpenChange, trigger }: NewReceiverDialogProps) {
  const t = useTranslations("receivers");
  const router = useRouter();
  const tenant = useTenant();
  const { updateConfig } = useEdits();
  const receivers = useEditorState(receiversOf);
  const [name, setName] = useState("");
  const [kind, setKind] = useState<IntegrationKey | "">("slack_configs");
  const taken = (receivers ?? []).some((receiver) => receiver.name === name.trim());

  const create = () => {
    const id = crypto.randomUUID();
    const receiver: Receiver = { id, name: name.trim() };
    if (kind !== "") receiver[kind] = [{ id: crypto.randomUUID() }];
    updateConfig((current) => addReceiver(current, receiver));
    onOpenChange(false);
    setName("");
    router.push(tenant.href(`receivers/${id}`));
  };

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent trigger={trigger} title={t("newTitle")} description={t("newText")}>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "" && !taken) create();
          }}
        >
          <FormField id="receiver-name" label={t("name")} error={taken ? t("nameTaken") : undefined}>
            {(control) => (
              <Input
                mono
                autoFocus
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
                {...control}
              />
            )}
          </FormField>
          <FormField id="receiver-kind" label={t("firstIntegration")}>
            {(control) => (
              <Select
                value={kind}
                onChange={(event) => setKind(INTEGRATION_KEYS.find((key) => key === event.target.value) ?? "")}
                {...control}
              >
                <option value="">{t("noneYet")}</option>
                {KEYS.map((key) => (
                  <option key={key} value={key}>
                    {INTEGRATION_LABELS[key]}
                  </option>
                ))}
              </Select>
            )}
          </FormField>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={name.trim() === "" || taken}>
              {t("create")}
            </Button>
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
}
