"use client";

import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { DEFAULT_PROFILE_ID } from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import type { DocumentStore } from "../editor/document-store";
import type { WorkerClient } from "../editor/worker-client";
import { useTenant } from "../http/tenant-context";
import { chosenPreview, rememberPreview } from "./chosen-preview";
import { Previewer, type PreviewState } from "./previewer";

/** One for each document that is edited; it goes with it. */
const previewers = new WeakMap<DocumentStore, Previewer>();

function previewerOf(store: DocumentStore, worker: WorkerClient, slug: string): Previewer {
  const known = previewers.get(store);
  if (known) return known;
  const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const remember = rememberPreview.bind(null, slug);
  const previewer = new Previewer(store, worker, remember, chosenPreview(slug), now);
  previewers.set(store, previewer);
  return previewer;
}

export function usePreviewer(): Previewer {
  const { store, worker, profiles } = useEditor();
  const { slug } = useTenant();
  const previewer = useMemo(() => previewerOf(store, worker, slug), [store, worker, slug]);
  useEffect(() => previewer.judgeFor(profiles.length > 0 ? profiles : [DEFAULT_PROFILE_ID]), [previewer, profiles]);
  return previewer;
}

/** What the reader chose, and the profile that follows from it. */
export function usePreviewChoice(previewer: Previewer) {
  const choice = useSyncExternalStore(previewer.onChoice, previewer.choice, previewer.choice);
  const profile = useSyncExternalStore(previewer.onChoice, previewer.profile, previewer.profile);
  return { ...choice, profile };
}

/** What a receiver would send. Asked for as long as the component is there. */
export function usePreviewOf(previewer: Previewer, receiver: string): PreviewState {
  const watch = useCallback((changed: () => void) => previewer.watch(receiver, changed), [previewer, receiver]);
  const read = () => previewer.state(receiver);
  return useSyncExternalStore(watch, read, read);
}
