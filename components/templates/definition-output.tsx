"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import { type ConfigDocument, profileFor, renderDefinition } from "@/lib/alertmanager";
import { sampleCases } from "@/lib/alertmanager/preview";
import { templatesQuery } from "../editor/queries";
import { useChange } from "../editor/use-change";
import { TemplateText } from "../fields/template-input";
import { useTenant } from "../http/tenant-context";
import { TextBox } from "../preview/text-box";
import { usePreviewChoice, usePreviewer } from "../preview/use-preview";
import { EmptyState } from "../ui/empty-state";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { Notice } from "../ui/severity";
import { CaseControls } from "./case-controls";
import { useOpenFile, useTemplateAnalysis } from "./use-templates";

/** A definition of the open file, rendered for the chosen case as the document says now. */
export function DefinitionOutput() {
  const t = useTranslations("templates.live");
  const { document } = useChange();
  const { open } = useOpenFile(document.templates);
  const [chosen, choose] = useQueryState("define");
  const { symbols } = useTemplateAnalysis(document);
  const names = [...new Set(symbols.defines.flatMap(({ file, name }) => (file === open?.name ? [name] : [])))];
  const name = names.find((candidate) => candidate === chosen) ?? names[0];
  if (!open || name === undefined) return <EmptyState title={t("noFile")} />;
  return (
    <>
      <CaseControls />
      <div className="grid gap-3 px-4 py-3">
        <FormField id="output-define" label={t("define")}>
          {(control) => (
            <Select mono value={name} onChange={(event) => void choose(event.target.value)} {...control}>
              {names.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </Select>
          )}
        </FormField>
        <Written document={document} name={name} />
      </div>
    </>
  );
}

function Written({ document, name }: { document: ConfigDocument; name: string }) {
  const t = useTranslations("templates.live");
  const previewer = usePreviewer();
  const tenant = useTenant();
  const { case: id, sample, profile } = usePreviewChoice(previewer);
  const later = useDeferredValue(document);
  const { data: files } = useQuery(templatesQuery(tenant, profile));
  const defaults = files && files.length > 0 ? files : undefined;
  const { call, result } = useMemo(() => {
    const alerts = sampleCases(sample ?? undefined, previewer.now).find((one) => one.id === id)?.alerts ?? [];
    return renderDefinition(later, profileFor(profile), { name, alerts, now: previewer.now, defaults });
  }, [later, name, id, sample, profile, previewer, defaults]);
  return (
    <>
      <p className="text-12 text-muted">
        {t("calledWith")}{" "}
        <code className="[overflow-wrap:anywhere]">
          <TemplateText text={call} />
        </code>
      </p>
      {result.ok ? (
        <>
          <TextBox label={t("output")} copied={result.output} length={result.output.length}>
            {result.output}
          </TextBox>
          <p className="text-12 text-muted">
            {result.output === ""
              ? t("nothing")
              : t("bytes", { count: new TextEncoder().encode(result.output).length })}{" "}
            {t("asText")}
          </p>
        </>
      ) : (
        <Notice level="critical" role="status" title={t("failed")}>
          <p className="font-mono text-12">{result.error}</p>
        </Notice>
      )}
    </>
  );
}
