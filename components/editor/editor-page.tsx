"use client";

import { useTranslations } from "next-intl";
import { lazy, type ReactNode, Suspense } from "react";
import type { GrantablePart } from "@/lib/tenancy/grants/contract";
import { SkeletonRows } from "../ui/skeleton";
import { DocumentFields } from "./document-fields";
import { EditorFrame, WhenLoaded } from "./editor-frame";
import { EditorPart, usePartLocked } from "./editor-part";
import type { LiveTab } from "./live-pane";
import { LockNotice } from "./lock-notice";

// The code editor is larger than the rest of the page, and the form can be used before it is there.
const LivePane = lazy(async () => ({ default: (await import("./live-pane")).LivePane }));

type EditorPageProps = {
  children: ReactNode;
  tabs?: readonly LiveTab[];
  /** Stands below the live pane, whichever tab is shown. */
  foot?: ReactNode;
  /** What is edited here, of that which limits may leave out. */
  part?: GrantablePart;
};

/** The frame of every page with a form: bar, editor at the left, live pane at the right. */
export function EditorPage({ part, ...content }: EditorPageProps) {
  return (
    <EditorFrame>
      {part ? (
        <EditorPart part={part}>
          <Content {...content} />
        </EditorPart>
      ) : (
        <Content {...content} />
      )}
    </EditorFrame>
  );
}

function Content({ children, tabs, foot }: Omit<EditorPageProps, "part">) {
  const t = useTranslations("editor.live");
  return (
    <DocumentFields>
      <div className="grid min-h-full lg:grid-cols-[minmax(0,1fr)_minmax(0,420px)] xl:grid-cols-[minmax(0,1fr)_472px]">
        <div className="min-w-0">
          <WhenLoaded>
            <LockedPart />
            {children}
          </WhenLoaded>
        </div>
        <aside
          aria-label={t("label")}
          className="flex min-h-[320px] min-w-0 flex-col border-t bg-panel lg:sticky lg:top-12 lg:h-[calc(100dvh-48px)] lg:border-t-0 lg:border-l"
        >
          <Suspense fallback={<SkeletonRows label={t("loading")} className="py-4" />}>
            <LivePane {...(tabs ? { tabs } : {})} />
          </Suspense>
          {foot}
        </aside>
      </div>
    </DocumentFields>
  );
}

function LockedPart() {
  const t = useTranslations("people");
  return usePartLocked() ? <LockNotice>{t("lockedPart")}</LockNotice> : null;
}
