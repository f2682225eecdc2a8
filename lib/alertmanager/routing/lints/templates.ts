import type { Config, TemplateFile } from "../../config/types";
import { defaultTemplateNames, templateNames } from "../../templates";
import { isObject, items, textOf } from "../../validation/context";
import { globPattern } from "../../validation/template-files";
import { namesInText, templateUses } from "../../validation/template-uses";
import type { Findings } from "./lint";
import { type Place, placesOf } from "./places";

/**
 * Templates of the files that nobody names. Those of Alertmanager's own names are used by default; where a pattern of
 * `templates` may bring other files, or one does not parse, nothing is told.
 */
export function lintTemplates(config: Config, templates: readonly TemplateFile[], findings: Findings) {
  const { profile } = findings;
  const patterns = items(config.templates as never).map((glob) => {
    const text = textOf(glob);
    return globPattern(text.slice(text.lastIndexOf("/") + 1));
  });
  if (!patterns.every((pattern) => templates.some(({ name }) => pattern?.test(name)))) return;
  const files = templates.map(({ name, content }) => ({ name, ...templateNames(name, content, profile) }));
  if (files.some(({ error }) => error !== undefined)) return;
  const used = new Set(defaultTemplateNames(profile));
  for (const { called } of files) for (const name of called) used.add(name);
  for (const receiver of items(config.receivers as never)) {
    if (!isObject(receiver)) continue;
    for (const { names } of templateUses(receiver, profile)) for (const name of names.called) used.add(name);
  }
  const root = placesOf(config, profile);
  if (root) inLabels(root, used, findings);
  for (const { name: file, defined } of files) {
    for (const name of defined) {
      if (name !== file && !used.has(name)) findings.add("template_unused", ["templates", file], { name });
    }
  }
}

/** The labels of routes are templates too. */
function inLabels({ written, children }: Place, used: Set<string>, findings: Findings) {
  for (const text of isObject(written.labels) ? Object.values(written.labels) : []) {
    for (const name of namesInText(textOf(text), findings.profile).called) used.add(name);
  }
  for (const child of children) inLabels(child, used, findings);
}
