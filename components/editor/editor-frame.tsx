"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { reveal } from "../fields/reveal";
import { ErrorNotice } from "../http";
import { PageBody } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ChangeProvider, useEditor } from "./change-context";
import type { EditorState } from "./document-store";
import { EditorBar } from "./editor-bar";
import { useEditorState } from "./use-change";

// Two people on one place are seldom; the page does without their dialog until then.
const ConflictDialog = lazy(async () => ({ default: (await import("./conflict-dialog")).ConflictDialog }));

/** The document of this page's tenant, with what the top bar says about it. Forms and live pane come with `EditorPage`. */
export function EditorFrame({ children }: { children: ReactNode }) {
  return (
    <ChangeProvider>
      <EditorBar />
      <Conflicts />
      {children}
    </ChangeProvider>
  );
}

function Conflicts() {
  const collides = useEditorState(isColliding);
  return collides ? (
    <Suspense>
      <ConflictDialog />
    </Suspense>
  ) : null;
}

function isColliding({ collision }: EditorState): boolean {
  return collision !== null;
}

function isReady({ ready }: EditorState): boolean {
  return ready;
}

/** The page's body once there is a document. */
export function WhenLoaded({ children }: { children: ReactNode }) {
  const t = useTranslations("editor");
  const { loadError, reload } = useEditor();
  const ready = useEditorState(isReady);
  useEffect(() => {
    const id = window.location.hash.slice(1);
    if (ready && id.startsWith("f-")) reveal(id);
  }, [ready]);
  if (!ready) {
    return (
      <PageBody wide>
        {loadError ? <ErrorNotice error={loadError} onRetry={reload} /> : <SkeletonRows label={t("loading")} />}
      </PageBody>
    );
  }
  return <PageBody wide>{children}</PageBody>;
}
