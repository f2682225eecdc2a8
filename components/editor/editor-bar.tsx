"use client";

import { Check, CloudOff, LoaderCircle, Redo2, Undo2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState, useSyncExternalStore } from "react";
import { type ErrorText, useErrorText } from "../http";
import { useTenant } from "../http/tenant-context";
import { BarActions, BarStatus } from "../ui/bar";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { RelativeTime } from "../ui/time";
import { useToast } from "../ui/toast";
import type { Analyser } from "./analyser";
import { useEditor } from "./change-context";
import { useEditorState, useEdits } from "./use-change";

/** "Draft of change #42 · saved 2 s ago", undo, redo and the way to the review. */
export function EditorBar() {
  const t = useTranslations("editor.bar");
  const tenant = useTenant();
  const router = useRouter();
  const errorText = useErrorText();
  const { toast } = useToast();
  const { store } = useEditor();
  const { readOnly, undo, redo, flush } = useEdits();
  const canUndo = useEditorState((state) => state.canUndo);
  const canRedo = useEditorState((state) => state.canRedo);
  const nothingToReview = useEditorState(({ change, saveState }) => !change && saveState === "clean");
  const [leaving, setLeaving] = useState(false);
  useUndoKeys(undo, redo, readOnly);

  const review = async () => {
    setLeaving(true);
    try {
      await flush();
      const { change } = store.state();
      if (change) router.push(tenant.href(`changes/${change.id}`));
    } catch (error) {
      const { title, detail } = errorText(error);
      toast({ level: "critical", title, ...(detail ? { description: detail } : {}) });
    } finally {
      setLeaving(false);
    }
  };

  return (
    <>
      <BarStatus>
        <SaveStatus />
      </BarStatus>
      {readOnly ? null : (
        <BarActions>
          <Button variant="quiet" size="icon" disabled={!canUndo} onClick={undo} aria-label={t("undo")}>
            <Undo2 aria-hidden />
          </Button>
          <Button
            variant="quiet"
            size="icon"
            // A narrow page needs the room for its own name.
            className={canRedo ? undefined : "max-sm:hidden"}
            disabled={!canRedo}
            onClick={redo}
            aria-label={t("redo")}
          >
            <Redo2 aria-hidden />
          </Button>
          <Button variant="primary" pending={leaving} disabled={nothingToReview} onClick={() => void review()}>
            {t("review")}
          </Button>
        </BarActions>
      )}
    </>
  );
}

function SaveStatus() {
  const t = useTranslations("editor.bar");
  const tenant = useTenant();
  const errorText = useErrorText();
  const { retry } = useEdits();
  const { analyser } = useEditor();
  const ready = useEditorState((state) => state.ready);
  const change = useEditorState((state) => state.change);
  const saveState = useEditorState((state) => state.saveState);
  const savedAt = useEditorState((state) => state.savedAt);
  const error = useEditorState((state) => state.error);
  const retrying = useEditorState((state) => state.retrying);
  const notChecked = useSyncExternalStore(analyser.subscribe, isNotChecked(analyser), () => false);
  if (!ready) return null;
  const draft = change
    ? t.rich("draftOf", {
        link: (chunks) => (
          <Link href={tenant.href(`changes/${change.id}`)} className="link">
            {chunks}
          </Link>
        ),
        number: change.number,
      })
    : null;
  return (
    <span role="status" className="flex min-w-0 items-center gap-1.5">
      {saveState === "failed" || notChecked ? (
        <CloudOff className="size-3.5 shrink-0 text-critical" aria-hidden />
      ) : saveState === "saving" || saveState === "dirty" ? (
        <LoaderCircle className={cn("size-3.5 shrink-0", saveState === "saving" && "animate-spin")} aria-hidden />
      ) : (
        <Check className="size-3.5 shrink-0 text-success" aria-hidden />
      )}
      <span className="truncate">
        <span className="max-sm:hidden">
          {draft ?? (saveState === "clean" ? t("live") : t("opening"))}
          {saveState === "saving" || saveState === "dirty" ? ` · ${t("saving")}` : null}
        </span>
        {saveState === "failed" ? (
          <span className="text-critical">
            {" · "}
            {t(retrying ? "failedRetrying" : "failed")} <Reason {...errorText(error)} />
          </span>
        ) : null}
        {saveState !== "failed" && notChecked ? <span className="text-critical"> · {t("notChecked")}</span> : null}
        {saveState === "conflict" ? <span className="text-warning"> · {t("conflict")}</span> : null}
        {saveState === "saved" && savedAt !== null ? (
          <>
            {" · "}
            {t("saved")} <RelativeTime value={new Date(savedAt)} />
          </>
        ) : null}
      </span>
      {saveState === "failed" || notChecked ? (
        <Button size="sm" onClick={saveState === "failed" ? retry : analyser.retry}>
          {t("tryNow")}
        </Button>
      ) : null}
    </span>
  );
}

function isNotChecked(analyser: Analyser) {
  return () => analyser.state().error !== null;
}

function Reason({ title, detail }: ErrorText) {
  return <span title={detail ?? title}>{title}</span>;
}

/** Only outside of text: inside it the browser's own undo is expected. */
function useUndoKeys(undo: () => void, redo: () => void, off: boolean): void {
  useEffect(() => {
    if (off) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "z" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      const target = event.target;
      if (target instanceof HTMLElement && target.closest("input,textarea,select,[contenteditable]")) return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [undo, redo, off]);
}
