"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { Path } from "@/lib/alertmanager";
import type { TargetDto } from "@/lib/targets/contract";
import type { Finding } from "../fields/judges";
import { pathId } from "../fields/path-id";
import { useTenant } from "../http/tenant-context";
import { targetsQuery } from "./queries";
import { type EditorSession, editorKey, editorSession, loadDocument } from "./session";

/** Whose profile this is and what it runs, so that a finding can name who makes it. */
type JudgingTarget = Pick<TargetDto, "name" | "version" | "profile">;

type EditorContextValue = EditorSession & {
  /** Ids of the profiles of the tenant's targets, the strictest first; none when it has no target yet. */
  profiles: readonly string[];
  judges: readonly JudgingTarget[];
  loadError: unknown;
  reload: () => void;
};

const EditorContext = createContext<EditorContextValue | null>(null);

/** Put around everything that edits or shows the document; pages of one tenant share it. It never draws itself anew for an edit. */
export function ChangeProvider({ children }: { children: ReactNode }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const [session] = useState(() => editorSession(tenant, client));
  const { store, analyser } = session;

  const loaded = useQuery({
    queryKey: editorKey(tenant),
    queryFn: () => loadDocument(tenant, client),
    staleTime: 10_000,
    structuralSharing: false,
  });
  const targets = useQuery(targetsQuery(tenant));
  const { data, error, refetch } = loaded;
  useEffect(() => {
    if (data) store.offer(data);
  }, [data, store]);
  useLeaving(session);

  const { profiles, judges } = useJudges(targets.data);
  useEffect(() => analyser.judgeFor(profiles), [analyser, profiles]);

  const value = useMemo(
    () => ({ ...session, profiles, judges, loadError: error, reload: () => void refetch() }),
    [session, profiles, judges, error, refetch],
  );
  return <EditorContext.Provider value={value}>{children}</EditorContext.Provider>;
}

/** The same lists as long as they hold the same: targets are looked at again and again for their drift. */
function useJudges(targets: readonly TargetDto[] | undefined) {
  const text = JSON.stringify(targets?.map(({ name, version, profile }) => ({ name, version, profile })) ?? []);
  return useMemo(() => {
    const judges: readonly JudgingTarget[] = JSON.parse(text);
    const profiles = [...new Set(judges.map(({ profile }) => profile))].sort();
    return { judges, profiles };
  }, [text]);
}

/** Nobody leaves with edits that are only here, and what failed for want of a network goes on as soon as there is one. */
function useLeaving({ store, analyser }: EditorSession): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const { saveState } = store.state();
      if (saveState !== "clean" && saveState !== "saved") event.preventDefault();
    };
    const online = () => {
      store.retry();
      analyser.retry();
    };
    window.addEventListener("beforeunload", warn);
    window.addEventListener("online", online);
    return () => {
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("online", online);
    };
  }, [store, analyser]);
}

export function useEditor(): EditorContextValue {
  const value = useContext(EditorContext);
  if (!value) throw new Error("useChange needs a ChangeProvider above it");
  return value;
}

/** Findings, their places and the YAML of the last look at the document, and why there was no later one. */
export function useAnalysis() {
  const { analyser } = useEditor();
  return useSyncExternalStore(analyser.subscribe, analyser.state, analyser.state);
}

/** Findings of all that stands at and below `path`; drawn anew only when they change. */
export function useFindingsBelow(path: Path): readonly Finding[] {
  const { analyser } = useEditor();
  const id = pathId(path);
  const read = () => analyser.index.of(id, true);
  return useSyncExternalStore(analyser.index.subscribe, read, read);
}
