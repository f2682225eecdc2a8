import type { Config, Route } from "@/lib/alertmanager";

/** Names of labels that the routes know: which alerts have, nobody can tell from a configuration. */
export function labelNames({ route }: Config): string[] {
  const names = new Set<string>();
  const visit = (node: Route | null | undefined) => {
    if (!node || typeof node !== "object") return;
    for (const name of list(node.group_by)) if (name !== "...") names.add(name);
    for (const matcher of list(node.matchers)) {
      const name = /^\{?\s*"?([\p{L}_][\p{L}\p{Nd}_]*)"?\s*[=!]/u.exec(matcher)?.[1];
      if (name) names.add(name);
    }
    for (const name of Object.keys({ ...node.match, ...node.match_re })) names.add(name);
    for (const child of Array.isArray(node.routes) ? node.routes : []) visit(child);
  };
  visit(route);
  return [...names];
}

function list(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
