"use client";

import type { TemplateFile } from "@/lib/alertmanager";
import { TextDiff } from "../editor/text-diff";

/** One text diff per template file that differs. */
export function TemplateDiffs({ before, after }: { before: readonly TemplateFile[]; after: readonly TemplateFile[] }) {
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  const content = (files: readonly TemplateFile[], name: string) =>
    files.find((file) => file.name === name)?.content ?? "";
  return names
    .filter((name) => content(before, name) !== content(after, name))
    .map((name) => <TextDiff key={name} title={name} before={content(before, name)} after={content(after, name)} />);
}
