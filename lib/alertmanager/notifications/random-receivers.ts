import type { Field, FieldType, StructDefinition } from "../fields";
import { INTEGRATIONS } from "../integrations/integrations";
import { profileFor } from "../profiles";
import { RandomTemplate } from "../templates/random-template";
import { parseConfig } from "../yaml/parse-config";

/** Where everything is sent. */
export interface SinkAddresses {
  http: string;
  proxy: string;
  smtp: string;
}

const TEXTS = [
  "",
  "plain",
  " blanks \t",
  " {{/* nothing */}}",
  "{{ .Status }}",
  "{{ .Receiver }} {{ len .Alerts }}",
  "{{ .GroupLabels.SortedPairs.Values }}",
  '{{ template "slack.default.title" . }}',
  "{{ .CommonAnnotations.long }}",
  "é{{ .CommonAnnotations.summary }}🙂",
  "{{ range .Alerts }}{{ .Labels.alertname }}={{ .Annotations.summary | toUpper }}\n{{ end }}",
  "{{ range .Alerts.Resolved }}{{ .Fingerprint }} {{ end }}",
  "{{ (index .Alerts 0).StartsAt.Year }}",
  "{{ .CommonLabels }} {{ .ExternalURL }}",
  "<b>{{ .CommonAnnotations.html }}</b>",
  '{{ .CommonLabels.severity | reReplaceAll "(.)r" "$1-" }}',
  "{{ printf `%q` .CommonAnnotations.html }}",
  "a,b, {{ .Status }},,",
  '{{ "\\xff" }}{{ .CommonAnnotations.summary }}',
  '{{ .CommonAnnotations.long }}{{ "\\xc3(" }}',
  "http://h.example/{{ .Status }}?q={{ .CommonLabels.alertname | urlquery }}",
];
const ADDRESSES = ["a@example.org", "Ops <ops@example.org>", '"A, B" <{{ .Status }}@example.org>', "é@x"];
const ODD_ADDRESSES = [
  "{{ .CommonAnnotations.html }} <a@x>",
  '"{{ .CommonAnnotations.summary }}" <a@x>',
  '<"{{ .CommonAnnotations.summary }}"@x>',
  '{{ "\\xff" }} <a@x>',
  '"{{ "\\xff" }}" <a@x>',
  "<a@[127.0.0.1]>",
  "A, B (c) <a@x> (d)",
  "team: a@x, b@x;",
];
const REFUSED = ["{{ .Nope }}", "{{ unknown }}", "{{ if }}", '{{ template "nope" . }}', "{{ index .Alerts 99 }}"];
const PROFILE = profileFor("alertmanager@0.25");
/** In 0.25 there are these. */
const KEYS = Object.values(INTEGRATIONS).filter(({ since }) => since === undefined);

/** Receivers for each integration of 0.25 with templates in any of their fields, that a seed fixes. */
export class RandomReceivers {
  readonly #templates: RandomTemplate;

  constructor(
    private readonly random: () => number,
    private readonly sink: SinkAddresses,
  ) {
    this.#templates = new RandomTemplate(random);
  }

  /** A configuration of JSON, which is YAML too: one receiver and one route each, for alerts of this round. */
  config(count: number, round: string): string {
    const receivers = Array.from({ length: count }, (_, at) => this.#receiver(at, `${round}-${at}`));
    const routes = receivers.map(({ name }) => ({
      receiver: name,
      matchers: [`round="${round}"`],
      continue: true,
      group_by: this.#pick([["alertname"], ["..."], ["severity", "nope"], [], ["alertname", "severity"]]),
    }));
    const timing = { group_wait: "700ms", group_interval: "2s", repeat_interval: "1h" };
    return JSON.stringify({
      route: { receiver: "drop", ...timing, routes },
      receivers: [{ name: "drop" }, ...receivers],
    });
  }

  /** One that Alertmanager loads. */
  #receiver(at: number, id: string): { name: string } {
    const { key, ...struct } = KEYS[at % KEYS.length]!;
    for (;;) {
      const name = this.#chance(0.2) ? `r.${at} (é)` : `r${at}`;
      const receiver = { name, [key]: [{ ...this.#struct(struct), ...this.#fixed(key, id) }] };
      if (isLeftToChance(receiver)) continue;
      const text = JSON.stringify({ route: { receiver: name }, receivers: [receiver] });
      const { diagnostics } = parseConfig(text, { profile: PROFILE, newId: () => "id" });
      if (!diagnostics.some(({ severity }) => severity === "error")) return receiver;
    }
  }

  text(): string {
    const kind = this.random();
    if (kind < 0.6) return this.#pick(TEXTS);
    if (kind < 0.62) return this.#pick(REFUSED);
    if (kind < 0.9) return this.#pick(TEXTS) + this.#pick(TEXTS);
    const { definitions, body } = this.#templates.next();
    return definitions + body;
  }

  /** What an integration needs, and what leads it to the sink. */
  #fixed(key: string, id: string): Record<string, unknown> {
    const { http, proxy, smtp } = this.sink;
    const http_config = { proxy_url: proxy, tls_config: { insecure_skip_verify: true } };
    const api_url = `${http}/${id}/`;
    switch (key) {
      case "webhook_configs":
        return { url: `${http}/${id}?a=${this.#pick(["b", "%20", "%C3%BC#f"])}`, ...this.#authorized() };
      case "email_configs":
        return { ...this.#mail(), smarthost: smtp, hello: id, require_tls: false };
      case "pagerduty_configs":
        return this.#chance(0.3)
          ? { service_key: this.text() || "key", http_config }
          : { routing_key: this.text() || "key", url: api_url };
      case "opsgenie_configs":
        return { api_key: `key ${id}`, api_url, ...this.#responders() };
      case "wechat_configs":
        return { api_url, api_secret: "secret", corp_id: this.#pick(["corp é&", "{{ .Nope }}", "c"]) };
      case "slack_configs":
        return { api_url: `${http}/slack/${id}` };
      case "victorops_configs":
        return { api_url, api_key: "key", routing_key: this.#pick(["team", "{{ .Status }}", "a b/c"]) };
      case "pushover_configs":
        return { user_key: id, token: this.text() || "token", http_config };
      case "sns_configs":
        return {
          api_url: `${http}/sns/${id}`,
          sigv4: { region: "eu-central-1", access_key: "AKIA", secret_key: "secret" },
          ...this.#pick([
            { topic_arn: "arn:aws:sns:eu-central-1:1:t" },
            { topic_arn: "arn:{{ .Status }}.fifo" },
            { phone_number: "+4{{ len .Alerts }}" },
            { target_arn: "arn:x" },
          ]),
        };
      case "telegram_configs":
        return { api_url: api_url.slice(0, -1), bot_token: `t${id}`, chat_id: -100 };
      case "discord_configs":
        return { webhook_url: api_url };
      default:
        return { api_url, room_id: this.text() || "room", http_config: { authorization: { credentials: "c" } } };
    }
  }

  #authorized(): Record<string, unknown> {
    const ways = [
      { basic_auth: { username: "u", password: "p:é" } },
      { authorization: { type: "X", credentials: "c" } },
    ];
    return this.#chance(0.3) ? { http_config: this.#pick<object>(ways) } : {};
  }

  #mail(): Record<string, unknown> {
    const address = () => this.#pick(this.#chance(0.8) ? ADDRESSES : ODD_ADDRESSES);
    return { from: address(), to: this.#chance(0.3) ? `${address()}, ${address()}` : address() };
  }

  #responders(): Record<string, unknown> {
    if (this.#chance(0.6)) return {};
    const one = () => ({
      [this.#pick(["id", "name", "username"])]: this.#pick(["x", "{{ .CommonLabels.severity }}"]),
      type: this.#pick(["team", "user", "escalation", "schedule"]),
    });
    return { responders: [one(), one()] };
  }

  #struct(struct: Pick<StructDefinition, "fields">): Record<string, unknown> {
    const fields = struct.fields.filter(
      ({ key, since, exclusive, inherits }) =>
        since === undefined &&
        exclusive === undefined &&
        inherits === undefined &&
        !/_file$|^(?:timeout|responders)$/.test(key),
    );
    const chosen = fields.filter((field) => field.required || this.#chance(0.45));
    return Object.fromEntries(chosen.map((field) => [field.key, this.#value(field, field.type)]));
  }

  #value(field: Field, type: FieldType): unknown {
    switch (type.kind) {
      case "bool":
        return this.#chance(0.5);
      case "uint":
      case "int":
        return Math.floor(this.random() * 3);
      case "goDuration":
        return this.#pick(["30s", "1m30s"]);
      case "enum":
        return this.#pick(type.values);
      case "list":
        return Array.from({ length: Math.floor(this.random() * 3) }, () => this.#value(field, type.item));
      case "map": {
        const names = ["a", "X-Team", "subject", "é"].filter(() => this.#chance(0.4));
        return Object.fromEntries(names.map((name) => [name, this.#value(field, type.value)]));
      }
      case "struct":
        return this.#struct(type.struct);
      default:
        return (field.required && this.text()) || (field.templated ? this.text() : "x") || (field.required ? "x" : "");
    }
  }

  #chance(share: number): boolean {
    return this.random() < share;
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!;
  }
}

/**
 * Go goes through the attributes of SNS, the headers of a mail and the details of PagerDuty and Opsgenie in any order, and
 * the error of the first that fails is told; the attributes behind it are sent empty.
 */
function isLeftToChance(receiver: Record<string, unknown>): boolean {
  const { sns_configs: topics, ...others } = receiver;
  const attributes = Object.entries(first(topics).attributes ?? {});
  if (attributes.length > 1 && attributes.flat().some((text) => text.includes("{{"))) return true;
  const mappings = Object.values(others).flatMap((found) => [first(found).headers ?? {}, first(found).details ?? {}]);
  return mappings.some((mapping) => Object.values(mapping).filter(mayFail).length > 1);
}

function first(found: unknown): Record<string, Record<string, string> | undefined> {
  return Array.isArray(found) ? found[0] : {};
}

/** All of `TEXTS` render whatever the alerts are. */
const mayFail = (text: string) => TEXTS.reduce((rest, known) => rest.replaceAll(known, ""), text).includes("{{");
