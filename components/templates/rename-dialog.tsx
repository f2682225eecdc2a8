"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ConfigDocument, renameTemplate, type TargetProfile, type TemplateCall } from "@/lib/alertmanager";
import { pathText } from "../editor/problems-pane";
import { FormDialog } from "../http/form-dialog";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";

type RenameDialogProps = {
  name: string;
  document: ConfigDocument;
  profile: TargetProfile;
  close: () => void;
  apply: (to: string) => void;
};

/** Another name for a template, and each place that will be written anew. */
export function RenameDialog({ name, document, profile, close, apply }: RenameDialogProps) {
  const t = useTranslations("templates.rename");
  const [text, setText] = useState(name);
  const result = renameTemplate(document, name, text, profile);
  // Any free name tells what would change.
  const shown = result.ok ? result : renameTemplate(document, name, `${name}.`, profile);
  const problem =
    !result.ok && (result.problem !== "same" || !shown.ok) ? (shown.ok ? result.problem : shown.problem) : null;
  return (
    <FormDialog
      title={t("title", { name })}
      description={t("text")}
      submit={t("apply")}
      disabled={!result.ok}
      onSubmit={() => apply(text)}
      onClose={close}
    >
      <FormField id="template-rename" label={t("name")} error={problem ? t(`problem.${problem}`) : undefined}>
        {(control) => (
          <Input
            mono
            autoComplete="off"
            spellCheck={false}
            value={text}
            disabled={!shown.ok}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
            {...control}
          />
        )}
      </FormField>
      {shown.ok ? <Places document={document} changes={shown.rename.changes} /> : null}
    </FormDialog>
  );
}

function Places({ document, changes }: { document: ConfigDocument; changes: readonly TemplateCall[] }) {
  const t = useTranslations("templates.rename");
  const files = new Set(changes.flatMap(({ file }) => file ?? [])).size;
  const fields = new Set(changes.flatMap(({ path }) => (path ? JSON.stringify(path) : []))).size;
  return (
    <div>
      <p className="mb-1.5 text-13">{t("summary", { places: changes.length, files, fields })}</p>
      <ul className="max-h-48 overflow-y-auto rounded-md border font-mono text-12">
        {changes.map(({ file, path, from }) => (
          <li
            key={`${file ?? JSON.stringify(path)}-${from}`}
            className="border-b px-2.5 py-1 [overflow-wrap:anywhere] last:border-0"
          >
            {path ? fieldText(path, document) : `${file}:${lineOf(document, file ?? "", from)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A field by the name of its receiver, as people know it. */
export function fieldText(path: NonNullable<TemplateCall["path"]>, { config }: ConfigDocument): string {
  const [section, index, ...rest] = path;
  const receiver = section === "receivers" && typeof index === "number" ? config.receivers?.[index]?.name : undefined;
  return receiver === undefined ? pathText(path) : `${receiver} · ${pathText(rest)}`;
}

function lineOf({ templates }: ConfigDocument, name: string, offset: number): number {
  return (templates.find((file) => file.name === name)?.content ?? "").slice(0, offset).split("\n").length;
}
