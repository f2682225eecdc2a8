"use client";

import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useTranslations } from "next-intl";
import { useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { codeTheme, withNonce } from "../editor/code-theme";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";

export type TextDiffProps = { title: string; before: string; after: string };

function extensions(label: string): Extension[] {
  return [
    withNonce(),
    codeTheme,
    lineNumbers(),
    yaml(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
  ];
}

/** Side by side where there is room for it, else (or on demand) in one column. */
export function TextDiff({ title, before, after }: TextDiffProps) {
  const t = useTranslations("changes");
  const host = useRef<HTMLDivElement>(null);
  const [mode, setMode] = useQueryState("diff", { defaultValue: "split" });
  const labels = { before: t("before"), after: t("after"), expand: t.raw("unchangedLines") as string };

  const { before: beforeLabel, after: afterLabel, expand } = labels;
  useEffect(() => {
    const parent = host.current;
    if (!parent) return;
    const collapseUnchanged = { margin: 3, minSize: 6 };
    const phrases = EditorState.phrases.of({ "$ unchanged lines": expand });
    if (mode === "unified") {
      const view = new EditorView({
        parent,
        state: EditorState.create({
          doc: after,
          extensions: [
            ...extensions(afterLabel),
            phrases,
            unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged }),
          ],
        }),
      });
      return () => view.destroy();
    }
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: [...extensions(beforeLabel), phrases] },
      b: { doc: after, extensions: [...extensions(afterLabel), phrases] },
      collapseUnchanged,
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, mode, beforeLabel, afterLabel, expand]);

  return (
    <Card>
      <CardHeader>
        <CardTitle className="font-mono text-13">{title}</CardTitle>
        <CardAside>
          {before === after ? <span>{t("sameText")}</span> : null}
          <Button size="sm" aria-pressed={mode !== "unified"} onClick={() => void setMode(null)}>
            {t("split")}
          </Button>
          <Button size="sm" aria-pressed={mode === "unified"} onClick={() => void setMode("unified")}>
            {t("unified")}
          </Button>
        </CardAside>
      </CardHeader>
      <div ref={host} className="overflow-x-auto" />
    </Card>
  );
}
