"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Config, Json, Path } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import { type EditorState, NOT_READY } from "./document-store";
import { usePartLocked } from "./editor-part";

/** One part of the editor's state; the component is drawn anew only when `select` answers something else. */
export function useEditorState<T>(select: (state: EditorState) => T): T {
  const { store } = useEditor();
  return useSyncExternalStore(
    store.subscribe,
    () => select(store.state()),
    () => select(NOT_READY),
  );
}

/** The ways to change the document. They stay the same, so whoever only edits is never drawn anew. */
export function useEdits() {
  const { store } = useEditor();
  const tenant = useTenant();
  const locked = usePartLocked();
  const readOnly = locked || !tenant.can("configuration:edit");

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
      readOnly,
      set,
      updateConfig,
      update: store.update,
      undo: store.undo,
      redo: store.redo,
      flush: store.flush,
      resolve: store.resolve,
      retry: store.retry,
      learnSecret: store.learnSecret,
    }),
    [readOnly, set, updateConfig, store],
  );
}

/** The document that is edited and the ways to change it. */
export function useChange() {
  const edits = useEdits();
  const state = useEditorState(everything);
  return useMemo(() => ({ ...state, ...edits, config: state.document.config }), [state, edits]);
}

function everything(state: EditorState): EditorState {
  return state;
}
