"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { TemplateFile } from "@/lib/alertmanager";
import { type ImportResult, importResultSchema } from "@/lib/configuration/contract";
import { pathText } from "../editor/problems-pane";
import { chooseChange } from "../editor/session";
import { useDiagnosticText } from "../fields/field-diagnostics";
import { LEVELS } from "../fields/severity-level";
import { api, ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { PageBody, PageHeader } from "../ui/page";
import { Notice, SeverityIcon } from "../ui/severity";
import { Textarea } from "../ui/textarea";

/** An existing alertmanager.yml becomes a change; its secrets are sealed on arrival. */
export function ImportPage() {
  const t = useTranslations("changes.import");
  const tenant = useTenant();
  const client = useQueryClient();
  const [yaml, setYaml] = useState("");
  const [title, setTitle] = useState("");
  const [templates, setTemplates] = useState<readonly TemplateFile[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const send = useMutation({
    mutationFn: () =>
      api(tenant.endpoint("import"), {
        method: "POST",
        body: {
          yaml,
          ...(templates.length > 0 ? { templates } : {}),
          ...(title.trim() ? { title: title.trim() } : {}),
        },
        schema: importResultSchema,
      }),
    onSuccess: async ({ change }) => {
      chooseChange(tenant, client, change.id);
      setYaml("");
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
    },
  });
  const read = async (files: readonly File[]) => {
    for (const file of files) {
      const content = await file.text();
      if (/\.(tmpl|tpl|gotmpl)$/.test(file.name)) {
        setTemplates((before) => [...before.filter(({ name }) => name !== file.name), { name: file.name, content }]);
      } else setYaml(content);
    }
  };

  if (!tenant.can("configuration:edit")) {
    return (
      <PageBody>
        <PageHeader title={t("title")} />
        <p className="text-muted">{t("mayNot")}</p>
      </PageBody>
    );
  }
  return (
    <PageBody>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      {send.data ? <Imported result={send.data} /> : null}
      <form
        className="grid gap-4"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void read([...event.dataTransfer.files]);
        }}
        onSubmit={(event) => {
          event.preventDefault();
          send.mutate();
        }}
      >
        <div>
          <input
            ref={input}
            type="file"
            multiple
            className="sr-only"
            tabIndex={-1}
            aria-label={t("choose")}
            accept=".yml,.yaml,.tmpl,.tpl,.gotmpl,text/yaml,application/yaml"
            onChange={(event) => void read([...(event.target.files ?? [])])}
          />
          <Button onClick={() => input.current?.click()}>
            <FileUp aria-hidden />
            {t("choose")}
          </Button>
        </div>
        <FormField id="import-yaml" label={t("yaml")} hint={t("yamlHint")}>
          {(control) => (
            <Textarea
              mono
              rows={16}
              spellCheck={false}
              className="max-h-[60vh] min-h-[336px]"
              value={yaml}
              onChange={(event) => setYaml(event.target.value)}
              {...control}
            />
          )}
        </FormField>
        {templates.length > 0 ? (
          <ul className="flex flex-wrap gap-2" aria-label={t("templates")}>
            {templates.map(({ name }) => (
              <li key={name} className="flex items-center gap-1 rounded-md border pl-2.5 font-mono text-12">
                {name}
                <Button
                  size="icon-sm"
                  variant="quiet"
                  onClick={() => setTemplates((before) => before.filter((file) => file.name !== name))}
                  aria-label={t("removeOf", { name })}
                >
                  <Trash2 aria-hidden />
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
        <FormField id="import-title" label={t("changeTitle")} className="max-w-[420px]">
          {(control) => (
            <Input value={title} maxLength={160} onChange={(event) => setTitle(event.target.value)} {...control} />
          )}
        </FormField>
        {send.error ? <ErrorNotice error={send.error} /> : null}
        <div>
          <Button type="submit" variant="primary" pending={send.isPending} disabled={yaml.trim() === ""}>
            {t("submit")}
          </Button>
        </div>
      </form>
    </PageBody>
  );
}

function Imported({ result: { change, diagnostics } }: { result: ImportResult }) {
  const t = useTranslations("changes.import");
  const words = useDiagnosticText();
  const tenant = useTenant();
  return (
    <>
      <Notice
        level="success"
        role="status"
        title={t("done", { number: change.number })}
        actions={
          <>
            <Button asChild size="sm">
              <Link href={tenant.href(`changes/${change.id}`)}>{t("review")}</Link>
            </Button>
            <Button asChild size="sm">
              <Link href={tenant.href("receivers")}>{t("toReceivers")}</Link>
            </Button>
          </>
        }
      />
      {diagnostics.length > 0 ? (
        <Card>
          <CardHeader>
            <CardTitle>{t("findings", { count: diagnostics.length })}</CardTitle>
          </CardHeader>
          <CardBody>
            <ul className="grid gap-2">
              {diagnostics.map((diagnostic, index) => (
                <li key={`${diagnostic.code}-${index.toString()}`} className="flex gap-2">
                  <SeverityIcon level={LEVELS[diagnostic.severity]} className="mt-0.5" />
                  <span>
                    {words(diagnostic)} <code className="text-muted">{pathText(diagnostic.path)}</code>
                  </span>
                </li>
              ))}
            </ul>
          </CardBody>
        </Card>
      ) : null}
    </>
  );
}
