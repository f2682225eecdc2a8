import { type Bytes, fromBytes, toBytes } from "../go/bytes";
import type { TargetProfile } from "../profiles";
import { goRelease } from "./go-release";
import type { ListNode } from "./nodes";
import { parseTrees } from "./parser";
import { functionNames, parseTemplates, problemOf } from "./template-set";

/** What a text defines and calls by name; `error` are upstream's words when it does not parse (then both are empty). */
export interface TemplateNames {
  defined: readonly string[];
  called: readonly string[];
  error?: string;
}

/**
 * The templates that a text defines and those that it names in `{{ template "…" }}`, reached or not, each once.
 *
 * `name` is the base name of a file, which names the template that the file's own text makes, and `""` for the text of a
 * field. Programs around Alertmanager bring functions of their own: those of the profile count as known. Never throws.
 */
export function templateNames(name: string, content: string, profile: TargetProfile): TemplateNames {
  const known = functionNames(profile);
  const more: readonly Bytes[] = profile.shared?.templateFunctions ?? [];
  try {
    const has = (used: Bytes) => known.has(used) || more.includes(used);
    const trees = parseTrees(toBytes(name), toBytes(content), has, goRelease(profile));
    const called = new Set<Bytes>();
    for (const { root } of trees.values()) collectCalls(root, called);
    return { defined: [...trees.keys()].map(fromBytes), called: [...called].map(fromBytes) };
  } catch (error) {
    return { defined: [], called: [], error: problemOf(error, { name, content }).error };
  }
}

function collectCalls({ nodes }: ListNode, called: Set<Bytes>): void {
  for (const node of nodes) {
    if (node.kind === "template") called.add(node.name);
    else if (node.kind === "if" || node.kind === "range" || node.kind === "with") {
      collectCalls(node.list, called);
      if (node.elseList) collectCalls(node.elseList, called);
    }
  }
}

/** The names of the templates that an Alertmanager of the profile brings, the page of its e-mails among them. */
export function defaultTemplateNames(profile: TargetProfile): string[] {
  const { set } = parseTemplates([], profile);
  return [...[...set.trees.keys()].map(fromBytes), "email.default.html"];
}
