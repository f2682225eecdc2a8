"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { useFields } from "../fields/environment";
import { Button } from "../ui/button";
import { ComboboxInput } from "../ui/combobox";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import type { RouteRow } from "./route-edits";

type ChoiceProps = {
  title: string;
  action: string;
  chosen: string | null;
  apply: (chosen: string) => void;
  close: () => void;
  children: ReactNode;
};

function Choice({ title, action, chosen, apply, close, children }: ChoiceProps) {
  const t = useTranslations("common");
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={title}
        footer={
          <>
            <Button onClick={close}>{t("cancel")}</Button>
            <Button
              variant="primary"
              disabled={chosen === null}
              onClick={() => {
                if (chosen === null) return;
                apply(chosen);
                close();
              }}
            >
              {action}
            </Button>
          </>
        }
      >
        {children}
      </DialogContent>
    </Dialog>
  );
}

const INHERIT = "";

export function ReceiverDialog(props: { count: number; apply: (receiver: string) => void; close: () => void }) {
  const t = useTranslations("routes");
  const { receiverNames } = useFields();
  const [receiver, setReceiver] = useState(receiverNames[0] ?? INHERIT);
  const { count, ...rest } = props;
  return (
    <Choice title={t("receiverTitle", { count })} action={t("setReceiver")} chosen={receiver} {...rest}>
      <FormField id="marked-receiver" label="receiver">
        {(control) => (
          <Select mono value={receiver} onChange={(event) => setReceiver(event.target.value)} {...control}>
            {receiverNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
            <option value={INHERIT}>{t("inheritReceiver")}</option>
          </Select>
        )}
      </FormField>
    </Choice>
  );
}

const MOST = 50;

type MoveDialogProps = {
  rows: readonly RouteRow[];
  marked: ReadonlySet<string>;
  apply: (parent: string) => void;
  close: () => void;
};

export function MoveDialog({ rows, marked, apply, close }: MoveDialogProps) {
  const t = useTranslations("routes");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const places = useMemo(() => placesFor(rows, marked), [rows, marked]);
  const named = places.map(({ id, label }) => ({ value: id, label: label === "" ? t("topLevel") : label }));
  const wanted = text.trim().toLowerCase();
  const suggestions = named.filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, MOST);
  return (
    <Choice
      title={t("moveTitle", { count: marked.size })}
      action={t("moveTo")}
      chosen={chosen}
      apply={apply}
      close={close}
    >
      <FormField id="marked-parent" label={t("newParent")} hint={t("newParentHint")}>
        {(control) => (
          <ComboboxInput
            mono
            value={text}
            autoComplete="off"
            suggestions={chosen === null ? suggestions : []}
            listLabel={t("newParent")}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(null);
            }}
            onPick={({ value, label }) => {
              setText(label);
              setChosen(value);
            }}
            {...control}
          />
        )}
      </FormField>
    </Choice>
  );
}

/** Routes that can take them: neither one of them nor below one. The root's label is empty. */
export function placesFor(rows: readonly RouteRow[], marked: ReadonlySet<string>): { id: string; label: string }[] {
  const places: { id: string; label: string }[] = [];
  let below = Number.POSITIVE_INFINITY;
  for (const { route, number, depth, right } of rows) {
    if (depth > below) continue;
    const moves = depth > 0 && marked.has(route.id);
    below = moves ? depth : Number.POSITIVE_INFINITY;
    if (moves || right === "none") continue;
    places.push({ id: route.id, label: depth === 0 ? "" : [number, ...(route.matchers ?? [])].join(" ") });
  }
  return places;
}
