import type { Config, Route } from "@/lib/alertmanager";

export type Renamed = { from: string; to: string };

/** Receivers that are the same under another name. Not those whose old or new name means another one. */
export function renamedReceivers(before: Config, after: Config): Renamed[] {
  const old = new Map((before.receivers ?? []).map(({ id, name }) => [id, name]));
  const names = (config: Config) => new Set((config.receivers ?? []).map(({ name }) => name));
  const [was, is] = [names(before), names(after)];
  return (after.receivers ?? []).flatMap(({ id, name }) => {
    const from = old.get(id);
    return from === undefined || from === name || is.has(from) || was.has(name) ? [] : [{ from, to: name }];
  });
}

const remembered = new WeakMap<Config, { key: string; config: Config }>();

/** The configuration with the new names; the same object for the same names, because what is computed for it is kept. */
export function withNames(config: Config, renamed: readonly Renamed[]): Config {
  if (renamed.length === 0) return config;
  const key = JSON.stringify(renamed);
  const known = remembered.get(config);
  if (known?.key === key) return known.config;
  const names = new Map(renamed.map(({ from, to }) => [from, to]));
  const rename = <T extends string | undefined>(name: T) => (name === undefined ? name : (names.get(name) ?? name));
  const route = (one: Route): Route => {
    const receiver = rename(one.receiver);
    return {
      ...one,
      ...(receiver === undefined ? {} : { receiver }),
      ...(one.routes ? { routes: one.routes.map(route) } : {}),
    };
  };
  const next: Config = {
    ...config,
    ...(config.route ? { route: route(config.route) } : {}),
    receivers: (config.receivers ?? []).map((receiver) => ({ ...receiver, name: rename(receiver.name) })),
  };
  remembered.set(config, { key, config: next });
  return next;
}
