import { toBytes } from "../go/bytes";
import { compareBytes } from "../go/value";
import { encodeQuery, escapeBytes } from "./address";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { type Header, NotifyError } from "./request";

const MOST_BYTES = 256 * 1024;
const MOST_SMS_BYTES = 1600;
/** What the SDK makes up for each request. */
const VOLATILE = "<VOLATILE>";
/** The versions of Alertmanager before this one sign with the first SDK. */
const SECOND_SDK = "0.29";
const FIRST_AGENT = `aws-sdk-go/1.44.133 ${VOLATILE}`;
const AGENT = `aws-sdk-go-v2/1.41.7 ua/2.1 ${VOLATILE} api/sns#1.39.17 m/E,e`;
const SIGNED = "amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date";
const LAST: readonly Header[] = [["Accept-Encoding", "gzip"]];

export function sns(notification: Notification): void {
  const { settings } = notification;
  const sigv4 = settings.part("sigv4");
  const region = sigv4.text("region");
  const api = rendered(notification)("api_url");
  if (region === "") {
    throw new NotifyError("region not configured in sns.sigv4.region or in default credentials chain", true);
  }
  const first = !notification.profile.reaches(SECOND_SDK);
  const scope = `${sigv4.text("access_key")}/<DATE>/${region}/sns/aws4_request`;
  if (first) {
    sendFirst(notification, api || `https://sns.${region}.amazonaws.com`, scope);
    return;
  }
  notification.send({
    url: api || `https://sns.${region}.amazonaws.com/`,
    body: bodyOf(notification),
    headers: {
      "User-Agent": AGENT,
      "Amz-Sdk-Invocation-Id": VOLATILE,
      "Amz-Sdk-Request": VOLATILE,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${SIGNED}, Signature=${VOLATILE}`,
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Amz-Date": VOLATILE,
    },
    last: LAST,
  });
}

/** It ends the path with a slash, and knows no query. */
function sendFirst(notification: Notification, endpoint: string, scope: string): void {
  const signed = `SignedHeaders=content-length;content-type;host;x-amz-date, Signature=${VOLATILE}`;
  notification.send({
    url: endpoint.replace(/[?#].*$/s, "").replace(/\/*$/, "/"),
    body: bodyOf(notification),
    headers: {
      "User-Agent": FIRST_AGENT,
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, ${signed}`,
      "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
      "X-Amz-Date": VOLATILE,
    },
    last: LAST,
  });
}

/** Renders a field; an error of a template counts as a passing one. With the first SDK nobody looked for it. */
function rendered(notification: Notification, renderer = notification.renderer()): (key: string) => string {
  return (key) => {
    const text = renderer.text(notification.settings.text(key));
    if (renderer.error !== null && notification.profile.reaches(SECOND_SDK))
      throw new NotifyError(`execute '${key}' template: ${renderer.error}`, true);
    return text;
  };
}

function bodyOf(notification: Notification): string {
  const { settings, route } = notification;
  const first = !notification.profile.reaches(SECOND_SDK);
  const renderer = notification.renderer();
  const attributes = attributesOf(notification, first ? renderer : notification.renderer());
  const text = rendered(notification, renderer);
  const values: [string, string][] = [
    ["Action", "Publish"],
    ["Version", "2010-03-31"],
  ];
  const add = (name: string, key: string) => {
    if (settings.text(key) !== "") values.push([name, text(key)]);
  };
  add("TopicArn", "topic_arn");
  if (values.at(-1)?.[0] === "TopicArn" && values.at(-1)?.[1].endsWith(".fifo")) {
    values.push(["MessageDeduplicationId", route.hash], ["MessageGroupId", route.hash]);
  }
  add("PhoneNumber", "phone_number");
  add("TargetArn", "target_arn");
  const most = settings.text("phone_number") === "" ? MOST_BYTES : MOST_SMS_BYTES;
  const written = text("message");
  if (!written.isWellFormed()) throw new NotifyError("non utf8 encoded message string", true);
  const message = escapeBytes(written, most);
  if (message.cut) {
    attributes.set("truncated", "true");
    notification.trace?.cut.push(["message"]);
  }
  add("Subject", "subject");
  [...attributes]
    .sort(([left], [right]) => compareBytes(toBytes(left), toBytes(right)))
    .forEach(([name, value], index) => {
      const entry = `MessageAttributes.entry.${index + 1}`;
      values.push(
        [`${entry}.Name`, name],
        [`${entry}.Value.DataType`, "String"],
        [`${entry}.Value.StringValue`, value],
      );
    });
  if (attributes.size === 0 && first) values.push(["MessageAttributes", ""]);
  // The cut may go through a character, so the message is escaped byte by byte.
  const placed = [...values, ["Message", "\0"] as const];
  return encodeQuery(placed).replace("Message=%00", () => `Message=${message.escaped}`);
}

function attributesOf(notification: Notification, renderer: Renderer): Map<string, string> {
  const attributes = new Map(
    notification.settings.entries("attributes").map(([name, value]) => [renderer.text(name), renderer.text(value)]),
  );
  if (renderer.error !== null && notification.profile.reaches(SECOND_SDK))
    throw new NotifyError(`execute 'attributes' template: ${renderer.error}`, true);
  return attributes;
}
