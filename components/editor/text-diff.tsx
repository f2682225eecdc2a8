"use client";

import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useTranslations } from "next-intl";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { cn } from "../ui/cn";
import { codeTheme, withNonce } from "./code-theme";

export type TextDiffProps = {
  title: string;
  before: string;
  after: string;
  /** What the two sides are, where it is not simply before and after. */
  labels?: { before: string; after: string };
  /** Somebody pressed on the number of a line, from 1. */
  onLine?: (line: { line: number; text: string; side: "before" | "after" }) => void;
};

const look = EditorView.theme({
  ".cm-collapsedLines": {
    background: "var(--bg-sunken)",
    color: "var(--ink-muted)",
    padding: "4px 8px",
    "&:before, &:after": { content: '"···"', marginInline: "8px", color: "var(--ink-muted)" },
    "&:hover": { color: "var(--ink)" },
  },
  ".cm-mergeSpacer": { backgroundColor: "var(--bg-sunken)" },
});

type OnLine = NonNullable<TextDiffProps["onLine"]>;

function numbers(side: "before" | "after", onLine?: OnLine): Extension {
  if (!onLine) return lineNumbers();
  const click = (view: EditorView, { from }: { from: number }) => {
    const { number: line, text } = view.state.doc.lineAt(from);
    onLine({ line, text, side });
    return true;
  };
  return [lineNumbers({ domEventHandlers: { click } }), EditorView.theme({ ".cm-lineNumbers": { cursor: "pointer" } })];
}

function extensions(label: string, side: "before" | "after", onLine?: OnLine): Extension[] {
  return [
    withNonce(),
    codeTheme,
    look,
    numbers(side, onLine),
    yaml(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
  ];
}

const ROOM_FOR_TWO = "(min-width: 900px)";

function useRoomForTwo(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const query = window.matchMedia(ROOM_FOR_TWO);
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => window.matchMedia(ROOM_FOR_TWO).matches,
    () => true,
  );
}

/** Side by side where there is room for it, else (or on demand) in one column. */
export function TextDiff({ title, before, after, labels, onLine }: TextDiffProps) {
  const t = useTranslations("changes");
  const host = useRef<HTMLDivElement>(null);
  const pressed = useRef(onLine);
  pressed.current = onLine;
  const takesLines = onLine !== undefined;
  const roomForTwo = useRoomForTwo();
  const [chosen, setChosen] = useQueryState("diff", parseAsStringLiteral(["split", "unified"] as const));
  const mode = chosen ?? (roomForTwo ? "split" : "unified");
  const expand = t.raw("unchangedLines") as string;
  const { before: beforeLabel, after: afterLabel } = labels ?? { before: t("before"), after: t("after") };
  const same = before === after;

  useEffect(() => {
    const parent = host.current;
    if (!parent || same) return;
    const press: OnLine | undefined = takesLines ? (line) => pressed.current?.(line) : undefined;
    const collapseUnchanged = { margin: 3, minSize: 6 };
    const phrases = EditorState.phrases.of({ "$ unchanged lines": expand });
    if (mode === "unified") {
      const view = new EditorView({
        parent,
        state: EditorState.create({
          doc: after,
          extensions: [
            ...extensions(afterLabel, "after", press),
            phrases,
            unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged }),
          ],
        }),
      });
      return () => view.destroy();
    }
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: [...extensions(beforeLabel, "before", press), phrases] },
      b: { doc: after, extensions: [...extensions(afterLabel, "after", press), phrases] },
      collapseUnchanged,
      gutter: true,
    });
    return () => view.destroy();
  }, [before, after, mode, same, beforeLabel, afterLabel, expand, takesLines]);

  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle className="font-mono text-13 [overflow-wrap:anywhere]">{title}</CardTitle>
        <CardAside>
          {same ? (
            <span>{t("sameText")}</span>
          ) : (
            <>
              <Button size="sm" aria-pressed={mode === "split"} onClick={() => void setChosen("split")}>
                {t("split")}
              </Button>
              <Button size="sm" aria-pressed={mode === "unified"} onClick={() => void setChosen("unified")}>
                {t("unified")}
              </Button>
            </>
          )}
        </CardAside>
      </CardHeader>
      {labels && !same ? (
        <div className={cn("grid border-b bg-sunken text-12 text-soft", mode === "split" && "grid-cols-2")}>
          <p className={cn("truncate px-4 py-1.5", mode === "split" && "border-r")}>
            <span className="font-mono text-critical" aria-hidden>
              −
            </span>{" "}
            {labels.before}
          </p>
          <p className="truncate px-4 py-1.5">
            <span className="font-mono text-success" aria-hidden>
              +
            </span>{" "}
            {labels.after}
          </p>
        </div>
      ) : null}
      <div ref={host} className="max-h-[80dvh] overflow-auto" />
    </Card>
  );
}
