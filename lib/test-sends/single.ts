import {
  type Config,
  type ConfigDocument,
  INTEGRATION_KEYS,
  INTEGRATIONS,
  type Integration,
  isSecretRef,
  type Receiver,
  type Route,
  visitSecrets,
} from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import type { TestedIntegration } from "./contract";
import { TEST_LABEL } from "./mark";

export function receiverIn({ config }: ConfigDocument, id: string): Receiver {
  const list = Array.isArray(config.receivers) ? config.receivers : [];
  const found = list.find((receiver) => receiver?.id === id);
  if (!found) throw new AppError("not_found", "There is no such receiver in what is saved.");
  return found;
}

/** In the order in which Alertmanager tells them. */
export function integrationsOf(receiver: Receiver, only?: TestedIntegration): TestedIntegration[] {
  const all = INTEGRATION_KEYS.flatMap((key) => {
    const list = receiver[key];
    return Array.isArray(list) ? list.map((_, index) => ({ key, index })) : [];
  });
  if (!only) return all;
  const found = all.find(({ key, index }) => key === only.key && index === only.index);
  if (!found) throw new AppError("not_found", "There is no such integration in what is saved.");
  return [found];
}

export function integrationIn(receiver: Receiver, { key, index }: TestedIntegration): Integration {
  return receiver[key]?.[index] ?? { id: "" };
}

/**
 * A configuration with one integration and nothing else that would be sent: the route of a test is one of its own, so that
 * the keys of its incidents never meet those of a real group. It groups as the first route that uses the receiver.
 */
export function singleConfig(document: ConfigDocument, receiver: Receiver, tested: TestedIntegration): Config {
  const { name } = receiver;
  const { group_by: groupBy, labels } = groupingOf(document.config.route, name);
  return {
    global: globalFor(document.config, tested),
    templates: document.templates.map((file) => `/templates/${file.name}`),
    route: {
      id: "root",
      receiver: name,
      routes: [
        {
          id: "test",
          receiver: name,
          matchers: [`${TEST_LABEL}="true"`],
          ...(groupBy ? { group_by: groupBy } : {}),
          ...(labels ? { labels } : {}),
        },
      ],
    },
    receivers: [{ id: receiver.id, name, [tested.key]: [integrationIn(receiver, tested)] }],
  };
}

export function templateFilesOf({ templates }: ConfigDocument): Record<string, string> {
  return Object.fromEntries(templates.map(({ name, content }) => [`/templates/${name}`, content]));
}

export function secretRefsOf(config: Config): string[] {
  const refs = new Set<string>();
  visitSecrets(config, (_path, value) => {
    if (isSecretRef(value)) refs.add(value);
  });
  return [...refs].sort();
}

/** Without the secrets of other integrations: what is not needed is not opened. */
function globalFor({ global = {} }: Config, { key }: TestedIntegration): NonNullable<Config["global"]> {
  const fields = INTEGRATIONS[key].fields;
  const inherited = new Set(fields.flatMap(({ inherits = [] }) => inherits));
  const needed = (name: string) => name === "http_config" || inherited.has(name);
  const secret = (name: string) => secretRefsOf({ global: { [name]: global[name] ?? null } }).length > 0;
  return Object.fromEntries(Object.entries(global).filter(([name]) => needed(name) || !secret(name)));
}

/** Inherited on the way down, as `group_by` is. */
function groupingOf(route: Route | undefined, name: string, above: Route["group_by"] = undefined): Partial<Route> {
  const found = search(route, name, above);
  return found ?? { ...(route?.group_by ? { group_by: route.group_by } : {}) };
}

function search(
  route: Route | undefined,
  name: string,
  above: Route["group_by"],
  receiver?: string,
): Pick<Route, "group_by" | "labels"> | null {
  if (typeof route !== "object" || route === null) return null;
  const groupBy = route.group_by ?? above;
  const own = route.receiver ?? receiver;
  if (own === name)
    return { ...(groupBy ? { group_by: groupBy } : {}), ...(route.labels ? { labels: route.labels } : {}) };
  for (const child of Array.isArray(route.routes) ? route.routes : []) {
    const found = search(child, name, groupBy, own);
    if (found) return found;
  }
  return null;
}
