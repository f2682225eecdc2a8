import {
  type Config,
  type ConfigDocument,
  INTEGRATIONS,
  type IntegrationKey,
  isSecretRef,
  type Json,
  type JsonObject,
  visitSecrets,
} from "@/lib/alertmanager";
import type { TestedIntegration } from "./contract";
import { integrationIn, secretRefsOf } from "./single";

/** Names of fields that decide where a request goes and who can read it. */
const WHERE = /url|smarthost|host|proxy|tls|http_config|oauth2/;

/**
 * The secrets of `config` (one integration) that somebody who cannot publish may not send: what they did not set themselves
 * and what the live configuration does not send to this very place. Else a test would carry any sealed secret anywhere.
 */
export function strangeSecrets(
  config: Config,
  tested: TestedIntegration,
  live: ConfigDocument,
  setBy: Readonly<Record<string, string>>,
  actor: string,
): string[] {
  const here = destinationOf(
    config,
    tested.key,
    integrationIn(config.receivers?.[0] ?? { id: "", name: "" }, { ...tested, index: 0 }),
  );
  const known = new Set(liveAt(live, tested.key, here));
  return tokensOf(config).filter((ref) => setBy[ref] !== actor && !known.has(ref));
}

/** A secret address goes nowhere but to itself; any other secret goes where the fields around it say. */
function tokensOf(config: Config): string[] {
  const refs = new Set<string>();
  visitSecrets(config, (_path, value, { type }) => {
    if (isSecretRef(value) && type.kind !== "secretUrl" && type.kind !== "secretTemplateUrl") refs.add(value);
  });
  return [...refs];
}

/** References that the live configuration sends to the same place. */
function liveAt({ config }: ConfigDocument, key: TestedIntegration["key"], here: string): string[] {
  const receivers = Array.isArray(config.receivers) ? config.receivers : [];
  return receivers.flatMap((receiver) => {
    const list = Array.isArray(receiver?.[key]) ? receiver[key] : [];
    return list.flatMap((integration) =>
      destinationOf(config, key, integration) === here
        ? secretRefsOf({ ...config, receivers: [{ id: "", name: "", [key]: [integration] }] })
        : [],
    );
  });
}

function destinationOf({ global = {} }: Config, key: IntegrationKey, integration: JsonObject): string {
  const fields = INTEGRATIONS[key].fields;
  const inherited = fields.flatMap(({ inherits = [] }) => inherits).concat("http_config");
  const decisive = (held: JsonObject, names: readonly string[]) =>
    names
      .filter((name) => WHERE.test(name))
      .sort()
      .map((name): Json => [name, held[name] ?? null]);
  return JSON.stringify([decisive(integration, Object.keys(integration)), decisive(global, inherited)]);
}
