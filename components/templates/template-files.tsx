"use client";

import { Braces, Trash2, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { TemplateFile } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { LEVELS } from "../fields/severity-level";
import { Room } from "../plan/room";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { PageHeader } from "../ui/page";
import { SeverityIcon } from "../ui/severity";
import { useToast } from "../ui/toast";
import { Collisions } from "./collisions";
import type { MergedFinding } from "./merge-findings";
import { NewFile } from "./new-file";
import { readUploads, type UploadProblem } from "./read-uploads";
import { TemplateWorkbench } from "./template-workbench";
import { UploadProblems } from "./upload-problems";
import { useOpenFile, useTemplateAnalysis } from "./use-templates";

const bytesOf = (files: readonly TemplateFile[]) =>
  files.reduce((sum, { content }) => sum + new TextEncoder().encode(content).length, 0);

/** Template files as code, kept beside the configuration and published with it. */
export function TemplateFiles() {
  const t = useTranslations("templates");
  const { toast } = useToast();
  const { document: current, readOnly, update, undo } = useChange();
  const upload = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<readonly UploadProblem[]>([]);
  const files = current.templates;
  const { open, select } = useOpenFile(files);
  const analysis = useTemplateAnalysis(current);

  const put = (file: TemplateFile, step?: string) =>
    update((document) => {
      const known = document.templates.some(({ name }) => name === file.name);
      const templates = known
        ? document.templates.map((other) => (other.name === file.name ? file : other))
        : [...document.templates, file];
      return { ...document, templates };
    }, step);
  const add = (name: string) => {
    put({
      name,
      content: `{{ define "${name.replace(/\.\w+$/, "")}.title" }}{{ .CommonLabels.alertname }}{{ end }}\n`,
    });
    void select(name);
  };
  const remove = (name: string) => {
    update((document) => ({ ...document, templates: document.templates.filter((file) => file.name !== name) }));
    toast({ title: t("deleted", { name }), action: { label: t("undo"), onSelect: undo } });
  };
  const read = async (list: readonly File[]) => {
    const { files: taken, problems } = await readUploads(list, files);
    for (const file of taken) put(file);
    setRefused(problems);
    if (taken[0]) void select(taken[0].name);
  };
  const replace = (file: TemplateFile) => {
    put(file);
    setRefused(refused.filter(({ name }) => name !== file.name));
    void select(file.name);
  };

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={
          <>
            <span>{t("lead", { count: files.length })}</span>
            <Room quota="templates" used={files.length} />
            <Room quota="templateBytes" used={bytesOf(files)} />
          </>
        }
        actions={
          readOnly ? null : (
            <>
              <input
                ref={upload}
                type="file"
                multiple
                tabIndex={-1}
                className="sr-only"
                accept=".tmpl,.tpl,.gotmpl"
                aria-label={t("upload")}
                onChange={(event) => {
                  void read([...(event.target.files ?? [])]);
                  // The same file may be chosen again.
                  event.target.value = "";
                }}
              />
              <Button onClick={() => upload.current?.click()}>
                <Upload aria-hidden />
                {t("upload")}
              </Button>
            </>
          )
        }
      />
      <UploadProblems problems={refused} replace={replace} dismiss={() => setRefused([])} />
      {readOnly ? null : <NewFile taken={files.map(({ name }) => name)} add={add} />}
      <Collisions symbols={analysis.symbols} />
      {open ? (
        <div className="grid items-start gap-4 md:grid-cols-[160px_minmax(0,1fr)]">
          <FileList files={files} open={open.name} findings={analysis.findings} select={(name) => void select(name)} />
          <Card>
            <CardHeader>
              <h2 className="font-mono text-13 font-semibold [overflow-wrap:anywhere]">{open.name}</h2>
              <CardAside>
                {readOnly ? null : (
                  <Button
                    size="icon-sm"
                    variant="quiet"
                    onClick={() => remove(open.name)}
                    aria-label={t("deleteOf", { name: open.name })}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                )}
              </CardAside>
            </CardHeader>
            <TemplateWorkbench
              file={open}
              analysis={analysis}
              put={(content) => put({ name: open.name, content }, `template/${open.name}`)}
              select={(name) => void select(name)}
            />
          </Card>
        </div>
      ) : (
        <EmptyState icon={Braces} title={t("empty")} className="rounded-lg border border-dashed border-line-strong">
          <p>{t("emptyText")}</p>
        </EmptyState>
      )}
    </>
  );
}

type FileListProps = {
  files: readonly TemplateFile[];
  open: string;
  findings: readonly MergedFinding[];
  select: (name: string) => void;
};

function FileList({ files, open, findings, select }: FileListProps) {
  const t = useTranslations("templates");
  const severity = useTranslations("editor.problems.severity");
  return (
    <nav aria-label={t("files")}>
      <ul className="grid gap-px">
        {files.map(({ name }) => {
          const own = findings.filter((finding) => finding.file === name).map((finding) => finding.severity);
          const worst = own.includes("error") ? "error" : own.includes("warning") ? "warning" : null;
          return (
            <li key={name}>
              <button
                type="button"
                aria-current={name === open ? "true" : undefined}
                onClick={() => select(name)}
                className={cn(
                  "flex min-h-8 w-full items-center gap-1.5 rounded-md px-2.5 text-left font-mono text-12 [overflow-wrap:anywhere] hover:bg-hover",
                  name === open && "bg-pressed font-medium",
                )}
              >
                <span className="min-w-0 flex-1">{name}</span>
                {worst ? (
                  <>
                    <SeverityIcon level={LEVELS[worst]} className="size-3.5" />
                    <span className="sr-only">{severity(worst)}</span>
                  </>
                ) : null}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
