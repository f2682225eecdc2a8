"use client";

import { PencilLine } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ConfigDocument, TemplateCall, TemplateDefine, TemplateSymbols } from "@/lib/alertmanager";
import { useGoToPath } from "../editor/problems-pane";
import { Button } from "../ui/button";
import { Severity } from "../ui/severity";
import { fieldText } from "./rename-dialog";
import type { Jump } from "./template-editor";

type DefineListProps = {
  file: string;
  document: ConfigDocument;
  symbols: TemplateSymbols;
  readOnly: boolean;
  jump: (to: Jump) => void;
  rename: (name: string) => void;
};

/** What the file defines, and who calls it: files and fields are one click away. */
export function DefineList({ file, document, symbols, readOnly, jump, rename }: DefineListProps) {
  const t = useTranslations("templates.defines");
  const defines = symbols.defines.filter((define) => define.file === file);
  return (
    <section aria-labelledby="template-defines" className="border-t px-3 py-3">
      <h3 id="template-defines" className="mb-1 text-13 font-semibold">
        {t("title")}
      </h3>
      {defines.length === 0 ? <p className="text-12 text-muted">{t("none")}</p> : null}
      <ul className="divide-y">
        {defines.map((define) => (
          <li key={`${define.name}-${define.from}`} className="py-2">
            <div className="flex flex-wrap items-center gap-2">
              <button
                type="button"
                aria-label={t("goTo", { name: define.name })}
                className="min-h-6 text-left font-mono text-12 font-medium text-link [overflow-wrap:anywhere] hover:underline"
                onClick={() => jump({ file, from: define.from, to: define.to })}
              >
                {define.name}
              </button>
              <State define={define} symbols={symbols} />
              {readOnly || define.overrides ? null : (
                <Button
                  size="icon-sm"
                  variant="quiet"
                  className="ml-auto"
                  aria-label={t("renameOf", { name: define.name })}
                  onClick={() => rename(define.name)}
                >
                  <PencilLine aria-hidden />
                </Button>
              )}
            </div>
            {define.wins && define.calls.length > 0 ? (
              <Uses calls={define.calls} document={document} jump={jump} />
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function State({ define, symbols }: { define: TemplateDefine; symbols: TemplateSymbols }) {
  const t = useTranslations("templates.defines");
  if (!define.wins) {
    const winner = symbols.collisions.find(({ name }) => name === define.name)?.winner ?? "";
    return (
      <Severity level="warning" className="text-12">
        {t("replaced", { winner })}
      </Severity>
    );
  }
  if (define.overrides)
    return (
      <Severity level="info" className="text-12">
        {t("overrides")}
      </Severity>
    );
  return define.calls.length === 0 ? (
    <Severity level="neutral" className="text-12">
      {t("unused")}
    </Severity>
  ) : null;
}

function Uses({
  calls,
  document,
  jump,
}: {
  calls: readonly TemplateCall[];
  document: ConfigDocument;
  jump: (to: Jump) => void;
}) {
  const t = useTranslations("templates.defines");
  const goTo = useGoToPath();
  return (
    <ul className="mt-0.5 grid gap-px">
      {calls.map((call) => (
        <li key={`${call.file ?? JSON.stringify(call.path)}-${call.from}`} className="text-12">
          <button
            type="button"
            className="min-h-6 text-left text-soft [overflow-wrap:anywhere] hover:text-text hover:underline"
            onClick={() => {
              if (call.path) goTo(call.path);
              else if (call.file !== undefined) jump({ file: call.file, from: call.from, to: call.to });
            }}
          >
            {call.path ? fieldText(call.path, document) : [call.file, call.within].filter(Boolean).join(" · ")}
            {call.role === "default" ? ` (${t("byDefault")})` : ""}
          </button>
        </li>
      ))}
    </ul>
  );
}
