"use client";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useDeferredValue } from "react";
import type { EditorState } from "../editor/document-store";
import { expectationsQuery } from "../editor/queries";
import { useEditorState } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";

// The semantics of routes are larger than the page, and only who expects something needs them.
const BrokenExpectations = lazy(async () => ({
  default: (await import("./broken-expectations")).BrokenExpectations,
}));

const configOf = ({ document }: EditorState) => document.config;

/** What the document that is edited would break, while it is edited. */
export function BrokenInDraft() {
  const config = useDeferredValue(useEditorState(configOf));
  const { data } = useQuery(expectationsQuery(useTenant()));
  if (!data || data.length === 0) return null;
  return (
    <Suspense>
      <BrokenExpectations config={config} />
    </Suspense>
  );
}
