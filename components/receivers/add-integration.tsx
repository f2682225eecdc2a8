"use client";

import { Plus } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { INTEGRATIONS, type IntegrationKey } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { useLackText } from "../fields/judges";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { CommandDialog, CommandGroup, CommandItem } from "../ui/command";
import { IntegrationIcon } from "./integration-icon";
import { offeredKinds } from "./offered-kinds";

type AddProps = {
  /** Kinds that the receiver has already. */
  present: readonly IntegrationKey[];
  onAdd: (key: IntegrationKey) => void;
};

/** The kinds that every target can send through; what it hides for want of a newer target it names below them. */
export function AddIntegration({ present, onAdd }: AddProps) {
  const t = useTranslations("receivers");
  const format = useFormatter();
  const lackText = useLackText();
  const { judges } = useFields();
  const [open, setOpen] = useState(false);
  const { common, rest, hidden } = offeredKinds(judges, present);
  const item = (key: IntegrationKey) => {
    const { label } = INTEGRATIONS[key];
    return (
      <CommandItem
        key={key}
        value={`${label} ${key}`}
        onSelect={() => {
          setOpen(false);
          onAdd(key);
        }}
      >
        <IntegrationIcon kind={key} />
        {label}
        <code className="ml-auto text-muted">{key}</code>
      </CommandItem>
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t("addIntegration")}
      </Button>
      <Room quota="integrations" />
      <CommandDialog
        open={open}
        onOpenChange={setOpen}
        title={t("addIntegration")}
        placeholder={t("searchIntegration")}
        empty={t("noIntegrationFound")}
      >
        <CommandGroup heading={t("common")}>{common.map(item)}</CommandGroup>
        <CommandGroup heading={t("all")}>{rest.map(item)}</CommandGroup>
        {hidden.length > 0 ? (
          <p className="border-t px-2.5 py-2 text-12 text-muted">
            {t("hidden", {
              kinds: format.list(
                hidden.map(
                  ({ key, lacking }) => `${INTEGRATIONS[key].label} (${lackText(INTEGRATIONS[key].since, lacking)})`,
                ),
              ),
            })}
          </p>
        ) : null}
      </CommandDialog>
    </>
  );
}
