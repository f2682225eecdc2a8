"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { DEFAULT_PROFILE_ID } from "@/lib/alertmanager";
import { useTenant } from "../http/tenant-context";
import { NOT_READY } from "./document-store";
import { targetsQuery } from "./queries";
import { type EditorSession, editorKey, editorSession, loadDocument } from "./session";
import type { Analysis } from "./worker-protocol";

type EditorContextValue = EditorSession & {
  analysis: Analysis;
  profiles: readonly string[];
  loadError: unknown;
  reload: () => void;
};

const EditorContext = createContext<EditorContextValue | null>(null);
const NOTHING: Analysis = { diagnostics: [], yaml: "" };
const DEFAULT_PROFILES: readonly string[] = [DEFAULT_PROFILE_ID];
const VALIDATE_AFTER = 120;

/** Put around everything that edits or shows the document; pages of one tenant share it. */
export function ChangeProvider({ children }: { children: ReactNode }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const [session] = useState(() => editorSession(tenant, client));
  const { store } = session;

  const loaded = useQuery({
    queryKey: editorKey(tenant),
    queryFn: () => loadDocument(tenant, client),
    staleTime: 10_000,
  });
  const targets = useQuery(targetsQuery(tenant));
  const { data, error, refetch } = loaded;
  useEffect(() => {
    if (data) store.offer(data);
  }, [data, store]);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const { saveState } = store.state();
      if (saveState !== "clean" && saveState !== "saved") event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [store]);

  const profiles = useMemo(() => {
    const ids = [...new Set(targets.data?.map(({ profile }) => profile))].sort();
    return ids.length > 0 ? ids : DEFAULT_PROFILES;
  }, [targets.data]);
  const analysis = useAnalysis(session, profiles);
  const value = useMemo(
    () => ({ ...session, analysis, profiles, loadError: error, reload: () => void refetch() }),
    [session, analysis, profiles, error, refetch],
  );
  return <EditorContext.Provider value={value}>{children}</EditorContext.Provider>;
}

function useAnalysis({ store, worker }: EditorSession, profiles: readonly string[]): Analysis {
  const [analysis, setAnalysis] = useState(NOTHING);
  const { document, secrets, ready } = useSyncExternalStore(store.subscribe, store.state, () => NOT_READY);
  useEffect(() => {
    if (!ready) return;
    let outdated = false;
    const timer = setTimeout(async () => {
      try {
        const next = await worker.analyse(document, secrets, profiles);
        if (!outdated) setAnalysis(next);
      } catch (error) {
        // The last analysis stays; the server validates again before anything is frozen.
        console.error("validation failed", error);
      }
    }, VALIDATE_AFTER);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [worker, document, secrets, profiles, ready]);
  return analysis;
}

export function useEditor(): EditorContextValue {
  const value = useContext(EditorContext);
  if (!value) throw new Error("useChange needs a ChangeProvider above it");
  return value;
}
