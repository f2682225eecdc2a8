import type { Config, Path, TemplateFile } from "../config/types";
import { withMailPage } from "../notifications/mail-page";
import type { TargetProfile } from "../profiles";
import { type CompiledRoute, compileRoutes } from "../routing";
import { parseTemplates, type TemplateSet } from "../templates";
import { isObject } from "../validation/context";

/** The templates of a document, ready to be executed, and whether the page of mails is one of ours. */
export interface ReadyTemplates {
  set: TemplateSet;
  approximated: boolean;
}

type OfProfile<T> = WeakMap<TargetProfile, T>;
const templatesRead = new WeakMap<
  readonly TemplateFile[],
  OfProfile<{ defaults: readonly TemplateFile[] | undefined; ready: ReadyTemplates }>
>();

/** Read once for each list of files. */
export function readyTemplates(
  templates: readonly TemplateFile[],
  profile: TargetProfile,
  defaults: readonly TemplateFile[] | undefined,
): ReadyTemplates {
  const read = remembered(templatesRead, templates);
  const known = read.get(profile);
  if (known && known.defaults === defaults) return known.ready;
  const { set } = parseTemplates(templates, profile, { defaults, program: true });
  const ready = withMailPage(set, profile);
  read.set(profile, { defaults, ready });
  return ready;
}

/** A route that notifies a receiver. */
export interface LeadingRoute {
  route: CompiledRoute;
  path: Path;
}

const routesRead = new WeakMap<object, OfProfile<ReadonlyMap<string, LeadingRoute>>>();

/** The first route that leads to each receiver, depth first. */
export function leadingRoutes(config: Config, profile: TargetProfile): ReadonlyMap<string, LeadingRoute> {
  if (!isObject(config.route)) return new Map();
  const read = remembered(routesRead, config.route);
  let found = read.get(profile);
  if (!found) {
    found = collect(config, profile);
    read.set(profile, found);
  }
  return found;
}

/** What findings about a receiver's notifications owe to the routes: the same text, the same findings. */
export function groupingOf(config: Config, profile: TargetProfile, receiver: string): string {
  const options = leadingRoutes(config, profile).get(receiver)?.route.options;
  if (!options) return "";
  const { group_by: names, group_by_all: all, labels } = options;
  return JSON.stringify([names, all, labels]);
}

function collect(config: Config, profile: TargetProfile): Map<string, LeadingRoute> {
  const found = new Map<string, LeadingRoute>();
  const visit = (route: CompiledRoute, written: unknown, path: Path) => {
    const { receiver } = route.options;
    if (receiver !== "" && !found.has(receiver)) found.set(receiver, { route, path });
    const children = isObject(written) && Array.isArray(written.routes) ? written.routes : [];
    let position = 0;
    for (const [index, child] of children.entries()) {
      if (isObject(child)) visit(route.routes[position++]!, child, [...path, "routes", index]);
    }
  };
  visit(compileRoutes(config, profile).root, config.route, ["route"]);
  return found;
}

const lone: OfProfile<CompiledRoute> = new WeakMap();

/** Where no route leads. */
export function loneRoute(receiver: string, profile: TargetProfile): CompiledRoute {
  const last = lone.get(profile);
  if (last?.options.receiver === receiver) return last;
  const { root } = compileRoutes({ route: { id: "", receiver, group_by: ["alertname"] } }, profile);
  lone.set(profile, root);
  return root;
}

function remembered<K extends object, T>(known: WeakMap<K, OfProfile<T>>, key: K): OfProfile<T> {
  const found = known.get(key) ?? new WeakMap<TargetProfile, T>();
  known.set(key, found);
  return found;
}
