"use client";

import { Braces, Plus, Trash2, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useRef, useState } from "react";
import type { TemplateFile } from "@/lib/alertmanager";
import { templateFileSchema } from "@/lib/configuration/contract";
import { CodeEditor } from "../editor/code-editor";
import { useChange } from "../editor/use-change";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader } from "../ui/card";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { PageHeader } from "../ui/page";
import { useToast } from "../ui/toast";

/** Template files as text, kept beside the configuration and published with it. */
export function TemplateFiles() {
  const t = useTranslations("templates");
  const { toast } = useToast();
  const { document: current, readOnly, update, undo } = useChange();
  const [selected, setSelected] = useQueryState("file");
  const upload = useRef<HTMLInputElement>(null);
  const files = current.templates;
  const open = files.find(({ name }) => name === selected) ?? files[0];

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
    void setSelected(name);
  };
  const remove = (name: string) => {
    update((document) => ({ ...document, templates: document.templates.filter((file) => file.name !== name) }));
    toast({ title: t("deleted", { name }), action: { label: t("undo"), onSelect: undo } });
  };
  const read = async (list: readonly File[]) => {
    for (const file of list) put({ name: file.name, content: await file.text() });
  };

  return (
    <>
      <PageHeader
        title={t("title")}
        facts={<span>{t("lead", { count: files.length })}</span>}
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
                onChange={(event) => void read([...(event.target.files ?? [])])}
              />
              <Button onClick={() => upload.current?.click()}>
                <Upload aria-hidden />
                {t("upload")}
              </Button>
            </>
          )
        }
      />
      {readOnly ? null : <NewFile taken={files.map(({ name }) => name)} add={add} />}
      {open ? (
        <div className="grid items-start gap-4 md:grid-cols-[200px_minmax(0,1fr)]">
          <nav aria-label={t("files")}>
            <ul className="grid gap-px">
              {files.map(({ name }) => (
                <li key={name}>
                  <button
                    type="button"
                    aria-current={name === open.name ? "true" : undefined}
                    onClick={() => void setSelected(name)}
                    className={cn(
                      "min-h-8 w-full rounded-md px-2.5 text-left font-mono text-12 [overflow-wrap:anywhere] hover:bg-hover",
                      name === open.name && "bg-pressed font-medium",
                    )}
                  >
                    {name}
                  </button>
                </li>
              ))}
            </ul>
          </nav>
          <Card>
            <CardHeader>
              <h2 className="font-mono text-13 font-semibold">{open.name}</h2>
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
            <CodeEditor
              key={open.name}
              text={open.content}
              label={open.name}
              language="template"
              readOnly={readOnly}
              className="min-h-[320px] overflow-auto"
              onChange={(content) => put({ name: open.name, content }, `template/${open.name}`)}
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

function NewFile({ taken, add }: { taken: readonly string[]; add: (name: string) => void }) {
  const t = useTranslations("templates");
  const [text, setText] = useState("");
  const name = text.trim() === "" || /\.\w+$/.test(text.trim()) ? text.trim() : `${text.trim()}.tmpl`;
  const valid = templateFileSchema.shape.name.safeParse(name).success;
  const error = name === "" ? undefined : taken.includes(name) ? t("taken") : valid ? undefined : t("badName");
  return (
    <form
      className="flex max-w-[420px] items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === "" || error) return;
        add(name);
        setText("");
      }}
    >
      <FormField id="template-name" label={t("newFile")} error={error} className="flex-1">
        {(control) => (
          <Input
            mono
            autoComplete="off"
            placeholder="slack.tmpl"
            value={text}
            onChange={(event) => setText(event.target.value)}
            {...control}
          />
        )}
      </FormField>
      <Button type="submit" className="mt-6.5" disabled={name === "" || error !== undefined}>
        <Plus aria-hidden />
        {t("add")}
      </Button>
    </form>
  );
}
