"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect } from "react";
import { reveal } from "../fields/reveal";
import { ErrorNotice } from "../http";
import { PageBody } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { ChangeProvider } from "./change-context";
import { ConflictDialog } from "./conflict-dialog";
import { DocumentFields } from "./document-fields";
import { EditorBar } from "./editor-bar";
import { LivePane, type LiveTab } from "./live-pane";
import { useChange } from "./use-change";

/** The frame of every page that edits the document: bar, editor at the left, live pane at the right. */
export function EditorPage({
  children,
  pane = true,
  tabs,
}: {
  children: ReactNode;
  pane?: boolean;
  tabs?: readonly LiveTab[];
}) {
  return (
    <ChangeProvider>
      <DocumentFields>
        <EditorBar />
        <ConflictDialog />
        {pane ? (
          <div className="grid min-h-full lg:grid-cols-[minmax(0,1fr)_minmax(0,420px)] xl:grid-cols-[minmax(0,1fr)_472px]">
            <Loaded>{children}</Loaded>
            <LivePane {...(tabs ? { tabs } : {})} />
          </div>
        ) : (
          <Loaded>{children}</Loaded>
        )}
      </DocumentFields>
    </ChangeProvider>
  );
}

function Loaded({ children }: { children: ReactNode }) {
  const t = useTranslations("editor");
  const { ready, loadError, reload } = useChange();
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
