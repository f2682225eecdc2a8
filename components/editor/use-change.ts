"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Config, Json, Path } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import { NOT_READY } from "./document-store";

/** The document that is edited, what is wrong with it, and the ways to change it. */
export function useChange() {
  const { store, worker, analysis, profiles, loadError, reload } = useEditor();
  const tenant = useTenant();
  const state = useSyncExternalStore(store.subscribe, store.state, () => NOT_READY);
  const readOnly = !tenant.can("configuration:edit");

  const updateConfig = useCallback(
    (edit: (config: Config) => Config, step?: string) => {
      store.update((document) => {
        const config = edit(document.config);
        return config === document.config ? document : { ...document, config };
      }, step);
    },
    [store],
  );
  const set = useCallback(
    (path: Path, value: Json | undefined) => updateConfig((config) => setAt(config, path, value), path.join("/")),
    [updateConfig],
  );

  return useMemo(
    () => ({
      ...state,
      ...analysis,
      config: state.document.config,
      profiles,
      loadError,
      reload,
      readOnly,
      worker,
      set,
      updateConfig,
      update: store.update,
      undo: store.undo,
      redo: store.redo,
      flush: store.flush,
      resolve: store.resolve,
      forget: store.forget,
      rename: store.rename,
      learnSecret: store.learnSecret,
    }),
    [state, analysis, profiles, loadError, reload, readOnly, worker, set, updateConfig, store],
  );
}
