import type { Config, Integration, IntegrationKey, Receiver } from "@/lib/alertmanager";
import { INTEGRATION_KEYS } from "@/lib/alertmanager/config/types";
import { replaceReceiver } from "../editor/route-uses";

export type Entry = { key: IntegrationKey; index: number; integration: Integration };

/** The integrations of a receiver in the order in which Alertmanager keeps them: by key, then as written. */
export function entriesOf(receiver: Receiver): Entry[] {
  return INTEGRATION_KEYS.flatMap((key) =>
    (receiver[key] ?? []).map((integration, index) => ({ key, index, integration })),
  );
}

function withReceivers(config: Config, edit: (receivers: Receiver[]) => Receiver[]): Config {
  return { ...config, receivers: edit(config.receivers ?? []) };
}

function editReceiver(config: Config, id: string, edit: (receiver: Receiver) => Receiver): Config {
  return withReceivers(config, (receivers) =>
    receivers.map((receiver) => (receiver.id === id ? edit(receiver) : receiver)),
  );
}

/** `slack`, `slack-2`, …: the first name that is free. */
export function freeName(config: Config, wish: string): string {
  const taken = new Set((config.receivers ?? []).map(({ name }) => name));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) if (!taken.has(`${wish}-${number}`)) return `${wish}-${number}`;
}

export function addReceiver(config: Config, receiver: Receiver): Config {
  return withReceivers(config, (receivers) => [...receivers, receiver]);
}

/** A receiver is known by its name: every route that says the old one follows, unless another one has it too. */
export function renameReceiver(config: Config, id: string, name: string): Config {
  const before = config.receivers?.find((receiver) => receiver.id === id)?.name;
  if (before === undefined || before === name) return config;
  const renamed = editReceiver(config, id, (receiver) => ({ ...receiver, name }));
  return renamed.receivers?.some((other) => other.name === before) ? renamed : replaceReceiver(renamed, before, name);
}

export function removeReceiver(config: Config, id: string): Config {
  return withReceivers(config, (receivers) => receivers.filter((receiver) => receiver.id !== id));
}

export function duplicateReceiver(config: Config, id: string, newId: () => string): Config {
  const source = config.receivers?.find((receiver) => receiver.id === id);
  if (!source) return config;
  const copy: Receiver = { ...source, id: newId(), name: freeName(config, `${source.name}-copy`) };
  for (const key of INTEGRATION_KEYS) {
    const list = source[key];
    if (list) copy[key] = list.map((integration) => ({ ...integration, id: newId() }));
  }
  return addReceiver(config, copy);
}

export function addIntegration(config: Config, id: string, key: IntegrationKey, integration: Integration): Config {
  return editReceiver(config, id, (receiver) => ({ ...receiver, [key]: [...(receiver[key] ?? []), integration] }));
}

export function removeIntegration(config: Config, id: string, key: IntegrationKey, index: number): Config {
  return editReceiver(config, id, (receiver) => {
    const list = (receiver[key] ?? []).filter((_, other) => other !== index);
    const { [key]: _removed, ...rest } = receiver;
    return list.length > 0 ? { ...receiver, [key]: list } : rest;
  });
}

/** Within its kind; the kinds have an order of their own. */
export function moveIntegration(config: Config, id: string, key: IntegrationKey, index: number, by: -1 | 1): Config {
  return editReceiver(config, id, (receiver) => {
    const list = [...(receiver[key] ?? [])];
    const [one, other] = [list[index], list[index + by]];
    if (!one || !other) return receiver;
    list[index] = other;
    list[index + by] = one;
    return { ...receiver, [key]: list };
  });
}
