"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { INTEGRATION_KEYS, INTEGRATIONS, type IntegrationKey } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { Button } from "../ui/button";
import { CommandDialog, CommandGroup, CommandItem } from "../ui/command";
import { IntegrationIcon } from "./integration-icon";

const COMMON: readonly IntegrationKey[] = [
  "slack_configs",
  "pagerduty_configs",
  "email_configs",
  "webhook_configs",
  "msteamsv2_configs",
];
const REST = INTEGRATION_KEYS.filter((key) => !COMMON.includes(key)).sort((a, b) =>
  INTEGRATIONS[a].label.localeCompare(INTEGRATIONS[b].label),
);

/** All 18 kinds; one that the target does not build says from which version on it is there. */
export function AddIntegration({ onAdd, children }: { onAdd: (key: IntegrationKey) => void; children?: ReactNode }) {
  const t = useTranslations("receivers");
  const { profile } = useFields();
  const [open, setOpen] = useState(false);
  const item = (key: IntegrationKey) => {
    const { label, since } = INTEGRATIONS[key];
    const known = profile.knowsIntegration(key);
    return (
      <CommandItem
        key={key}
        value={`${label} ${key}`}
        disabled={!known}
        onSelect={() => {
          setOpen(false);
          onAdd(key);
        }}
      >
        <IntegrationIcon kind={key} />
        {label}
        <code className="ml-auto text-muted">{known ? key : t("needs", { version: since ?? "?" })}</code>
      </CommandItem>
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {children ?? t("addIntegration")}
      </Button>
      <CommandDialog
        open={open}
        onOpenChange={setOpen}
        title={t("addIntegration")}
        placeholder={t("searchIntegration")}
        empty={t("noIntegrationFound")}
      >
        <CommandGroup heading={t("common")}>{COMMON.map(item)}</CommandGroup>
        <CommandGroup heading={t("all")}>{REST.map(item)}</CommandGroup>
      </CommandDialog>
    </>
  );
}
