"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import {
  definitionOf,
  type LanguageContext,
  renameTemplate,
  type TemplateFile,
  type TemplateSymbols,
} from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { SkeletonRows } from "../ui/skeleton";
import { useToast } from "../ui/toast";
import { DefineList } from "./define-list";
import { FindingsList } from "./findings-list";
import { labelNames } from "./label-names";
import type { MergedFinding } from "./merge-findings";
import { RenameDialog } from "./rename-dialog";
import type { Jump } from "./template-editor";
import { useProfiles } from "./use-templates";

// The code editor with all that it knows of templates is larger than the rest of the page.
const TemplateEditor = lazy(async () => ({ default: (await import("./template-editor")).TemplateEditor }));

type TemplateWorkbenchProps = {
  file: TemplateFile;
  analysis: { symbols: TemplateSymbols; findings: readonly MergedFinding[] };
  put: (content: string) => void;
  select: (name: string) => void;
};

/** One file with its findings and definitions, and the ways from a name to where it is defined and used. */
export function TemplateWorkbench({ file, analysis: { symbols, findings }, put, select }: TemplateWorkbenchProps) {
  const t = useTranslations("templates");
  const { toast } = useToast();
  const { document, readOnly, update, undo } = useChange();
  const [profile] = useProfiles();
  const [jump, setJump] = useState<Jump | null>(null);
  const forgetJump = useCallback(() => setJump(null), []);
  const [renaming, setRenaming] = useState<string | null>(null);
  const { name } = file;
  const { config, templates } = document;
  const labels = useMemo(() => labelNames(config), [config]);
  const context = useMemo(
    (): LanguageContext | null => (profile ? { sources: { templates, config }, profile, file: name, labels } : null),
    [templates, config, profile, name, labels],
  );
  const own = useMemo(() => findings.filter((finding) => finding.file === name), [findings, name]);
  if (!context || !profile) return null;

  const jumpTo = (to: Jump) => {
    if (to.file !== name) select(to.file);
    setJump({ file: to.file, from: to.from, to: to.to });
  };
  const goTo = (called: string) => {
    const define = definitionOf(symbols, called);
    if (define) jumpTo(define);
  };
  const apply = (from: string, to: string) => {
    update((current) => {
      const result = renameTemplate(current, from, to, profile);
      return result.ok ? result.rename.document : current;
    });
    setRenaming(null);
    toast({ title: t("rename.done", { from, to }), action: { label: t("undo"), onSelect: undo } });
  };

  return (
    <>
      <Suspense fallback={<SkeletonRows label={t("editor.loading")} className="min-h-[320px] py-4" />}>
        <TemplateEditor
          key={name}
          file={file}
          readOnly={readOnly}
          context={context}
          findings={own}
          jump={jump}
          jumped={forgetJump}
          onChange={put}
          goTo={goTo}
          rename={(called) => !readOnly && setRenaming(called)}
          canGoTo={(called) => definitionOf(symbols, called) !== undefined}
        />
      </Suspense>
      <FindingsList
        findings={own}
        content={file.content}
        readOnly={readOnly}
        jump={jumpTo}
        repair={({ from, to, suggestion = "" }) =>
          put(file.content.slice(0, from) + suggestion + file.content.slice(to))
        }
      />
      <DefineList
        file={name}
        document={document}
        symbols={symbols}
        readOnly={readOnly}
        jump={jumpTo}
        rename={setRenaming}
      />
      {renaming === null ? null : (
        <RenameDialog
          name={renaming}
          document={document}
          profile={profile}
          close={() => setRenaming(null)}
          apply={(to) => apply(renaming, to)}
        />
      )}
    </>
  );
}
